"""Losses that the lecture does not have, with an index of their own: derived, proved, and right in NumPy."""

import ast
import pickle
import warnings
from pathlib import Path

import numpy as np
import pytest
import sympy as sp

import symbolic_checks
from symbolic_checks import formula, lecture
from symbolic_checks.derivation import derive
from symbolic_checks.indexed import put_indices, small_sizes
from symbolic_checks.language import Argument, Definition, Index, Model, softmax_of, total
from symbolic_checks.lecture import L, X, i, j, n, y
from symbolic_checks.misconceptions import catalogue
from symbolic_checks.numpy_functions import log_sigma, log_softmax, softmax
from symbolic_checks.reference import gradient, value


def array(name):
    return sp.IndexedBase(name, real=True)


c = Index("c", size="K", noun="class", plural="classes")
Y, W, B, Z, P = map(array, ("Y", "W", "b", "z", "p"))
DELTA = sp.Symbol("delta", positive=True)
Y_HAT = lecture.NEURON_OUTPUT.output.symbol
ERROR = Y_HAT - y[i]


def loss(expression):
    return Definition(L, expression, "The mean loss of all n examples.")


CROSS_ENTROPY = Model(
    "the cross-entropy of one sigmoid neuron",
    lecture.NEURON.arguments,
    (
        *lecture.NEURON_OUTPUT.definitions,
        loss(total(-y[i] * sp.log(Y_HAT) - (1 - y[i]) * sp.log(1 - Y_HAT), i) / n),
    ),
)
HUBER = Model(
    "the Huber loss of the linear model",
    (*lecture.MSE.arguments, Argument("delta", DELTA)),
    (
        *lecture.LINEAR_OUTPUT.definitions,
        loss(
            total(
                sp.Piecewise(
                    (ERROR**2 / 2, sp.Abs(ERROR) <= DELTA), (DELTA * (sp.Abs(ERROR) - DELTA / 2), True)
                ),
                i,
            )
            / n
        ),
    ),
)


def softmax_regression(inner):
    """With one letter or another for the classes that are summed over."""
    return Model(
        "the cross-entropy of softmax regression",
        (Argument("X", X[i, j]), Argument("Y", Y[i, c]), Argument("W", W[j, c]), Argument("b", B[c])),
        (
            Definition(Z[i, c], total(X[i, j] * W[j, c], j) + B[c], "The score of class c for example i."),
            Definition(
                P[i, c],
                sp.exp(Z[i, c]) / total(sp.exp(Z[i, inner]), inner),
                "The probability of class c for example i.",
            ),
            loss(-total(Y[i, c] * sp.log(P[i, c]), i, c) / n),
        ),
    )


SOFTMAX = softmax_regression(c.other)
SCORES = SOFTMAX.definitions[0]
LOG_SUM_EXP = Model(
    "the cross-entropy of scores",
    SOFTMAX.arguments,
    (
        SCORES,
        loss(total(sp.log(total(sp.exp(Z[i, c]), c)) - total(Y[i, c] * Z[i, c], c), i) / n),
    ),
)
# Every score depends on all: a mean is taken off.
CENTRED = Model(
    "the squared error of centred scores",
    SOFTMAX.arguments,
    (
        SCORES,
        Definition(P[i, c], Z[i, c] - total(Z[i, c], c) / c.size, "A score less their mean."),
        loss(total((P[i, c] - Y[i, c]) ** 2, i, c) / n),
    ),
)
HINGE = Model(
    "the hinge loss of the linear model",
    lecture.MSE.arguments,
    (*lecture.LINEAR_OUTPUT.definitions, loss(total(sp.Max(0, 1 - y[i] * Y_HAT), i) / n)),
)


def plain_cross_entropy(X, y, w, b):
    p = 1 / (1 + np.exp(-(X @ w + b)))
    return np.mean(-y * np.log(p) - (1 - y) * np.log(1 - p))


def plain_huber(X, y, w, b, delta):
    r = np.abs(X @ w + b - y)
    return np.mean(np.where(r <= delta, r**2 / 2, delta * (r - delta / 2)))


def plain_softmax(X, Y, W, b):
    powers = np.exp(X @ W + b)
    return -np.mean(np.sum(Y * np.log(powers / powers.sum(axis=1, keepdims=True)), axis=1))


def plain_centred(X, Y, W, b):
    scores = X @ W + b
    return np.sum((scores - scores.mean(axis=1, keepdims=True) - Y) ** 2) / len(X)


def plain_hinge(X, y, w, b):
    return np.mean(np.maximum(0, 1 - y * (X @ w + b)))


def regression(seed, size=(7, 3)):
    random = np.random.default_rng(seed)
    X = random.normal(size=size)
    return X, random.integers(0, 2, size[0]) * 1.0, random.normal(size=size[1]), float(random.normal())


def classification(seed, size=(7, 3, 4)):
    random = np.random.default_rng(seed)
    examples, features, classes = size
    labels = np.eye(classes)[random.integers(0, classes, examples)]
    X, W = random.normal(size=(examples, features)), random.normal(size=(features, classes))
    return X, labels, W, random.normal(size=classes)


LOSSES = {
    "cross-entropy": (CROSS_ENTROPY, plain_cross_entropy, ("w", "b"), regression),
    "huber": (HUBER, plain_huber, ("w", "b", "delta"), lambda seed: (*regression(seed), 0.7)),
    "softmax": (SOFTMAX, plain_softmax, ("W", "b"), classification),
    "log-sum-exp": (LOG_SUM_EXP, plain_softmax, ("W", "b"), classification),
    "centred": (CENTRED, plain_centred, ("W", "X"), classification),
    "hinge": (HINGE, plain_hinge, ("w", "b"), regression),
    "softmax, one letter": (softmax_regression(c), plain_softmax, ("W", "b"), classification),
}
every_loss = pytest.mark.parametrize(("model", "plain", "variables", "draw"), LOSSES.values(), ids=LOSSES)


def central_differences(function, arguments, position, step=1e-5):
    at = np.asarray(arguments[position], float)
    found = np.empty(at.shape)
    for place in np.ndindex(at.shape):
        ends = []
        for sign in (1, -1):
            moved = at.copy()
            moved[place] += sign * step
            ends.append(function(*arguments[:position], moved, *arguments[position + 1 :]))
        found[place] = (ends[0] - ends[1]) / (2 * step)
    return found


@pytest.mark.slow
@every_loss
def test_the_gradient_is_proved(model, plain, variables, draw):
    for variable in variables:
        derive(model, variable).prove()


@every_loss
def test_value_and_gradient_are_the_plain_ones_and_central_differences(model, plain, variables, draw):
    reference = gradient(model, *variables)
    for seed in range(4):
        arguments = draw(seed)
        np.testing.assert_allclose(value(model)(*arguments), plain(*arguments), rtol=1e-12)
        for variable, found in zip(variables, reference(*arguments), strict=True):
            position = reference.parameters.index(variable)
            assert np.shape(found) == np.shape(arguments[position])
            expected = central_differences(plain, arguments, position)
            np.testing.assert_allclose(found, expected, rtol=1e-6, atol=1e-8)


@every_loss
def test_no_result_is_larger_than_its_scale(model, plain, variables, draw):
    reference = gradient(model, *variables)
    for seed in range(4):
        arguments = draw(seed)
        results, scales = reference(*arguments), reference.scale(*arguments)
        for result, scale in zip(results, scales, strict=True):
            assert 0 < np.max(np.abs(result)) <= scale * (1 + 1e-12)


@every_loss
def test_every_step_has_balanced_latex_and_every_quantity_its_line(model, plain, variables, draw):
    steps = derive(model, variables[0]).steps()
    for step in steps:
        assert step.latex.count("{") == step.latex.count("}")
        assert step.latex.count(r"\left(") == step.latex.count(r"\right)")
    assert [step.sentence for step in steps][: len(model.definitions)] == [
        d.sentence for d in model.definitions
    ]


def test_far_out_nothing_overflows_and_no_logarithm_is_of_zero():
    data, targets = np.array([[1000.0], [-1000.0]]), np.array([1.0, 1.0])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        # Right with certainty, and wrong by a weighted sum of −1000: its loss is 1000, the mean 500.
        assert value(CROSS_ENTROPY)(data, targets, np.ones(1), 0.0) == 500.0
        dw, db = gradient(CROSS_ENTROPY, "w", "b")(data, targets, np.ones(1), 0.0)
        # ŷ − y is 0 and −1: the mean of (ŷ − y) x is 500, that of ŷ − y is −½.
        assert (dw.tolist(), db) == ([500.0], -0.5)
        labels, weights = np.array([[1.0, 0.0], [1.0, 0.0]]), np.array([[1.0, 0.0]])
        assert value(SOFTMAX)(data, labels, weights, np.zeros(2)) == 500.0
        assert value(LOG_SUM_EXP)(data, labels, weights, np.zeros(2)) == 500.0
        dW, _ = gradient(SOFTMAX, "W", "b")(data, labels, weights, np.zeros(2))
    np.testing.assert_array_equal(dW, [[500.0, -500.0]])


def test_the_stable_functions_are_the_plain_ones():
    scores = np.random.default_rng(1).normal(size=(3, 4))
    powers = np.exp(scores)
    expected = powers / powers.sum(axis=1, keepdims=True)
    np.testing.assert_allclose(softmax(scores, 1), expected, rtol=1e-14)
    np.testing.assert_allclose(log_softmax(scores, 1), np.log(expected), rtol=1e-13)
    np.testing.assert_allclose(log_sigma(scores), np.log(1 / (1 + np.exp(-scores))), rtol=1e-13)


def test_the_huber_loss_is_the_mse_where_all_errors_are_small_and_flat_where_they_are_large():
    arguments = regression(3)
    small = gradient(HUBER, "w", "b")(*arguments, 1e3)
    for one, other in zip(small, gradient(lecture.MSE, "w", "b")(*arguments), strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-12)
    data, targets, w, b = arguments
    signs = np.sign(data @ w + b - targets)
    np.testing.assert_allclose(gradient(HUBER, "b")(*arguments, 1e-6), 1e-6 * signs.mean(), rtol=1e-12)


def test_sizes_come_from_the_axes_whatever_the_arguments_are_called():
    samples, height = Index("s", size="N", noun="sample", order=0), Index("q", size="D", noun="number")
    table, weights, wanted, hat = map(array, ("T", "v", "goal", "g"))
    model = Model(
        "a loss",
        (
            Argument("weights", weights[height]),
            Argument("table", table[samples, height]),
            Argument("goal", wanted[samples]),
        ),
        (
            Definition(
                hat[samples], total(table[samples, height] * weights[height], height), "A prediction."
            ),
            Definition(L, total((hat[samples] - wanted[samples]) ** 2, samples) / samples.size, "A loss."),
        ),
    )
    reference = gradient(model, "weights")
    assert reference.sizes(np.zeros(4), np.zeros((9, 4)), np.zeros(9)) == {samples.axis: 9, height.axis: 4}
    assert reference.indices == ((height,), (samples, height), (samples,))
    assert reference.axes == ((height.axis,), (samples.axis, height.axis), (samples.axis,))
    assert model.indices == (samples, height)
    assert all(derivation.certify() for derivation in reference.derivations)
    data = np.random.default_rng(0).normal(size=(9, 4))
    expected = 2 * data.T @ (data @ np.ones(4) - 1) / 9
    np.testing.assert_allclose(reference(np.ones(4), data, np.ones(9)), expected, rtol=1e-12)
    assert formula.is_readable(reference)
    assert formula.sizes(reference) == "5 samples and 3 numbers"


def test_a_matrix_may_have_its_classes_first():
    model = Model(
        "a loss",
        (Argument("W", W[c, j]), Argument("X", X[i, j]), Argument("Y", Y[i, c])),
        (
            Definition(Z[i, c], total(X[i, j] * W[c, j], j), "A score."),
            Definition(L, total((Z[i, c] - Y[i, c]) ** 2, i, c) / 2, "A loss."),
        ),
    )
    reference = gradient(model, "W")
    random = np.random.default_rng(2)
    weights, data, labels = random.normal(size=(4, 2)), random.normal(size=(5, 2)), random.normal(size=(5, 4))
    np.testing.assert_allclose(
        reference(weights, data, labels), (data @ weights.T - labels).T @ data, rtol=1e-12
    )
    assert reference.derivations[0].certify()
    assert reference.sizes(weights, data, labels) == {i.axis: 5, j.axis: 2, c.axis: 4}


def test_an_index_is_itself_and_no_other():
    assert c == Index("c", size="K", noun="class", plural="classes")
    assert c != Index("c", size="K", noun="colour")
    assert c != sp.Symbol("c", integer=True, positive=True)
    assert (c.other.size, c.other.noun, str(c.other)) == (c.size, "class", "c'")
    assert Index("m", size="M", noun="month").plural == "months"
    again = pickle.loads(pickle.dumps(c))
    assert again == c
    assert (again.noun, again.plural, again.size) == ("class", "classes", c.size)
    assert small_sizes([c, i, j]) == {n: 3, j.size: 2, c.size: 2}


def test_the_letter_of_a_sum_gives_way():
    inner = total(W[j, c], c) * B[c]
    assert put_indices(inner, {j: c.other, c: c.other}) == total(W[c.other, c], c) * B[c.other]
    moved = put_indices(total(W[j, c], c), {j: c})
    assert moved == sp.Sum(W[c, c.other], (c.other, 1, c.size))


def test_only_a_softmax_is_taken_for_one():
    assert softmax_of(sp.exp(B[c]) / total(sp.exp(B[c]), c)) is not None
    for other in (
        sp.exp(B[c]),
        sp.exp(B[c]) / total(sp.exp(2 * B[c]), c),
        2 * sp.exp(B[c]) / total(sp.exp(B[c]), c),
        sp.exp(B[c]) / total(B[c], c),
    ):
        assert softmax_of(other) is None


@pytest.mark.slow
@every_loss
def test_mistakes_are_made_of_it_and_named_without_a_formula(model, plain, variables, draw):
    reference = gradient(model, *variables[:2])
    samples = [draw(seed) for seed in range(3)]
    made = catalogue(reference, 0, samples)
    assert len(made.mutants) > 10
    names = [mutant.name for mutant in made.mutants]
    assert len(set(names)) == len(names)
    assert all(name.isidentifier() for name in names)
    assert not [m.sentence for m in made.mutants if set("=[]*\\") & set(m.sentence)]
    assert catalogue(reference, 0, samples, pairs=True).mutants


def test_a_forgotten_class_has_its_name():
    samples = [classification(seed) for seed in range(3)]
    made = catalogue(gradient(SOFTMAX, "W", "b"), 0, samples)
    fresh = classification(9, (5, 2, 3))
    found = dict(zip([m.name for m in made.mutants], made.fingerprints([fresh]), strict=True))
    data, labels, weights, b = fresh
    p = softmax(data @ weights + b, 1)
    np.testing.assert_allclose(
        found["others_forgotten"], np.ravel(-data.T @ (labels * (1 - p)) / 5), rtol=1e-12
    )
    np.testing.assert_allclose(found["slope_missing"], np.ravel(-data.T @ (labels / p) / 5), rtol=1e-12)


def test_formulas_are_read_from_two_indices_and_without_corners():
    assert formula.is_readable(gradient(CROSS_ENTROPY, "w", "b"))
    assert not formula.is_readable(gradient(HUBER, "w", "b"))
    assert not formula.is_readable(gradient(SOFTMAX, "W", "b"))


def test_nothing_of_the_package_knows_the_lecture():
    folder = Path(symbolic_checks.__path__[0])
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom):
                assert node.module != "symbolic_checks.lecture", path
                assert "lecture" not in [alias.name for alias in node.names], path
