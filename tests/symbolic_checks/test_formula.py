"""Formulas that are read from traces: of right functions, of wrong ones, and of graphs made up to do harm."""

import contextlib
import math
from types import SimpleNamespace

import numpy as np
import pytest
import sympy as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.sandbox.inside import tracing
from symbolic_checks import formula, lecture
from symbolic_checks.formula.graph import FormulaError, Graph
from symbolic_checks.formula.normal import Forms
from symbolic_checks.formula.text import Writer
from symbolic_checks.reference import gradient, maximiser, minimiser, partial, slope

SQUARED = partial(lecture.SQUARED_ERROR, "w1")
MSE = gradient(lecture.MSE, "w", "b")
NEURON = gradient(lecture.NEURON, "w", "b")
RIDGE = gradient(lecture.RIDGE, "w", "b")
SIGMA_SLOPE = partial(lecture.SIGMOID, "z")
ASCENT = maximiser(lecture.STEEPEST_DIRECTION)
ALONG = slope(lecture.DIRECTIONAL_DERIVATIVE)
SHORTEST = minimiser(lecture.MINIMUM_NORM)


def sigma(z):
    return 1 / (1 + np.exp(-z))


def read(reference, function, component=0):
    """The formula of one component, as grading reads it."""
    names = function.__globals__
    with np.errstate(all="ignore"):
        returned = [function(*arguments) for arguments in formula.points(reference)]
        with tracing.tracing(names):
            data = tracing.trace(function, formula.points(reference)[0])
    return formula.explain(reference, component, data, returned)


def mse(residual=lambda X, y, w, b: X @ w + b - y, inputs=lambda X, w: X, times=lambda n: 1 / n):
    """The gradient of the MSE, with mistakes put in."""

    def compute(X, y, w, b):
        error = residual(X, y, w, b)
        return times(len(y)) * error @ inputs(X, w), times(len(y)) * error.sum()

    return compute


WRITTEN = [
    (SQUARED, lambda x1, x2, y, w1, w2, b: 2 * (w1 * x1 + w2 * x2 + b - y) * x1, "2·(ŷ − y)·x₁"),
    (SQUARED, lambda x1, x2, y, w1, w2, b: -2 * x1 * (y - w1 * x1 - w2 * x2 - b), "2·(ŷ − y)·x₁"),
    (MSE, mse(), "1/5·Σᵢ (ŷᵢ − yᵢ)·xᵢ₁"),
    (SIGMA_SLOPE, lambda z: sigma(z) * (1 - sigma(z)), "σ(z)·(1 − σ(z))"),
    (SIGMA_SLOPE, lambda z: np.exp(-z) / (1 + np.exp(-z)) ** 2, "σ(z)·(1 − σ(z))"),
    (SIGMA_SLOPE, lambda z: 1 / (2 + np.exp(z) + np.exp(-z)), None),  # no product that was multiplied out
    (SIGMA_SLOPE, lambda z: (1 - np.tanh(z / 2) ** 2) / 4, "σ(z)·(1 − σ(z))"),
    (SIGMA_SLOPE, lambda z: np.where(z < 0, np.exp(z), np.exp(-z)) / (1 + np.exp(-abs(z))) ** 2,
     "σ(z)·(1 − σ(z))"),
    (ASCENT, lambda g: g / np.linalg.norm(g), "gradient₁/‖gradient‖"),
    (ASCENT, lambda g: g / np.sqrt(np.sum(g**2)), "gradient₁/‖gradient‖"),
    (ASCENT, lambda g: np.array([v * (g @ g) ** -0.5 for v in g]), "gradient₁/‖gradient‖"),
    (ALONG, lambda g, r: g @ r / math.sqrt(sum(v * v for v in r)), "(gradient·direction)/‖direction‖"),
    (SHORTEST, lambda a, c: a * c / np.linalg.norm(a) ** 2, "a₁·c/‖a‖²"),
    (RIDGE, lambda X, y, w, b, lam: (X.T @ (X @ w + b - y) / len(y) + 2 * lam * w, np.mean(X @ w + b - y)),
     "1/5·Σᵢ (ŷᵢ − yᵢ)·xᵢ₁ + 2·w₁·λ"),
]  # fmt: skip


@pytest.mark.parametrize("number", range(len(WRITTEN)))
def test_one_function_has_one_formula_however_it_is_written(number):
    reference, function, text = WRITTEN[number]
    found = read(reference, function)
    assert found is not None
    assert found.is_right
    if text is not None:
        assert found.yours == found.right == text
        assert (found.ratio, found.difference) == (1, "")


def test_the_bias_is_put_back_into_every_examples_prediction():
    assert read(MSE, mse(), 1).yours == "1/5·Σᵢ (ŷᵢ − yᵢ)"


WRONG = [
    (MSE, mse(times=lambda n: 2 / n), "2/5·Σᵢ (ŷᵢ − yᵢ)·xᵢ₁", 2, ""),
    (MSE, mse(times=lambda n: 1), "Σᵢ (ŷᵢ − yᵢ)·xᵢ₁", 5, ""),
    (MSE, mse(lambda X, y, w, b: y - X @ w - b), "−1/5·Σᵢ (ŷᵢ − yᵢ)·xᵢ₁", -1, ""),
    (MSE, mse(inputs=lambda X, w: np.ones_like(X)), "1/5·Σᵢ (ŷᵢ − yᵢ)", 1, "the factor xᵢ₁ is missing"),
    (MSE, mse(inputs=lambda X, w: np.ones_like(X) * w), "1/5·Σᵢ (ŷᵢ − yᵢ)·w₁", 1,
     "w₁ is used in place of xᵢ₁"),
    (MSE, mse(lambda X, y, w, b: (X @ w + b - y) ** 2), "1/5·Σᵢ (ŷᵢ − yᵢ)²·xᵢ₁", 1,
     "the factor (ŷᵢ − yᵢ) is one too many"),
    (MSE, mse(lambda X, y, w, b: X @ w - y), "1/5·Σᵢ (xᵢ₁·w₁ + xᵢ₂·w₂ + xᵢ₃·w₃ − yᵢ)·xᵢ₁", 1,
     "(xᵢ₁·w₁ + xᵢ₂·w₂ + xᵢ₃·w₃ − yᵢ) is used in place of (ŷᵢ − yᵢ)"),
    (MSE, lambda X, y, w, b: ((X[0] @ w + b - y[0]) * X[0] / 5, 0.0), "1/5·(ŷ₁ − y₁)·x₁₁", 0,
     "the parts of examples 2, 3, 4 and 5 are missing"),
    (NEURON, lambda X, y, w, b: (X.T @ (sigma(X @ w + b) - y) / len(y), 0.0), "1/5·Σᵢ (ŷᵢ − yᵢ)·xᵢ₁", 1,
     "the factors ŷᵢ and (1 − ŷᵢ) are missing"),
    (SIGMA_SLOPE, sigma, "σ(z)", 1, "the factor (1 − σ(z)) is missing"),
    (SIGMA_SLOPE, lambda z: z * (1 - z), "−(z − 1)·z", 0, None),
    (ASCENT, lambda g: -g, "−gradient₁", -1, "the factor 1/‖gradient‖ is missing"),
    (ASCENT, lambda g: g / (g @ g), "gradient₁/‖gradient‖²", 1, None),
]  # fmt: skip


@pytest.mark.parametrize("number", range(len(WRONG)))
def test_what_is_wrong_is_worked_out(number):
    reference, function, text, ratio, clause = WRONG[number]
    found = read(reference, function)
    assert not found.is_right
    assert found.yours == text
    if clause is not None:
        assert (found.ratio, found.difference) == (ratio, clause)


def test_a_formula_is_the_function_at_the_point_where_it_was_read():
    """SymPy evaluates what is displayed."""
    found = read(SQUARED, lambda x1, x2, y, w1, w2, b: x1**3 * (y - 2) / (w2 * 4))
    x1, _, y, _, w2, _ = formula.points(SQUARED)[0]
    text = found.yours.replace("·", "*").replace("−", "-").replace("³", "**3").replace("¼", "1/4")
    for name, letter in (("x₁", "x"), ("w₂", "w")):
        text = text.replace(name, letter)
    shown = sp.sympify(text).subs({"x": x1, "y": y, "w": w2})
    assert float(shown) == pytest.approx(x1**3 * (y - 2) / (w2 * 4), rel=1e-12)


@pytest.mark.parametrize(
    "function",
    [
        lambda x1, x2, y, w1, w2, b: 2.0 if w1 * x1 + w2 * x2 + b > y else -2.0,
        lambda x1, x2, y, w1, w2, b: 2 * x1 * abs(w1 * x1 + w2 * x2 + b - y),
        lambda x1, x2, y, w1, w2, b: max(-1.0, min(1.0, 2 * x1 * (w1 * x1 + w2 * x2 + b - y))),
        lambda x1, x2, y, w1, w2, b: 2 * (w1 * x1 + w2 * x2 + b - y) * (x1 if x1 > 0.1 else x2),
    ],
)
def test_a_function_that_goes_another_way_on_other_inputs_has_no_formula(function):
    assert read(SQUARED, function) is None


def test_numbers_that_nobody_wrote_are_no_formula():
    def forward_difference(x1, x2, y, w1, w2, b):
        def loss(w):
            return (w * x1 + w2 * x2 + b - y) ** 2

        return (loss(w1 + 1e-8) - loss(w1)) / 1e-8

    assert read(SQUARED, forward_difference) is None


def test_what_cannot_be_followed_has_no_graph():
    tape = tracing.Tape()
    (number,) = tape.inputs((2.0,))
    for use in (int, float, round, math.floor, lambda x: [1, 2, 3][x]):
        with pytest.raises(TypeError):
            use(number)
    assert (number > 1, number == 2.0, bool(number), abs(-number) == 2, f"{number:.1f}") == (
        True,
        True,
        True,
        True,
        "2.0",
    )


def test_numpy_is_as_before_after_a_trace():
    names = {"zeros": np.zeros, "e": math.exp}
    before = dict(names), np.zeros, np.array, np.float64, math.exp, np.c_
    with contextlib.suppress(RuntimeError), tracing.tracing(names):
        assert np.zeros is not before[1]
        assert names["zeros"] is np.zeros
        assert names["e"] is math.exp
        raise RuntimeError
    assert (names, np.zeros, np.array, np.float64, math.exp, np.c_) == before


def test_long_functions_end():
    def endless(x1, x2, y, w1, w2, b):
        while True:
            x1 = x1 * x2 + y

    with pytest.raises(tracing.UntraceableError, match="operations"):
        tracing.trace(endless, formula.points(SQUARED)[0])


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        {"nodes": [], "results": None},
        {"nodes": [("input", 6)], "results": [[0]]},
        {"nodes": [("input", True)], "results": [[0]]},
        {"nodes": [("add", 0, 0)], "results": [[0]]},
        {"nodes": [("input", 0), ("add", 0)], "results": [[0]]},
        {"nodes": [("input", 0), ("eval", 0)], "results": [[0]]},
        {"nodes": [("input", 0), ("exp", "0")], "results": [[0]]},
        {"nodes": [("input", 0), ("exp", math.nan)], "results": [[0]]},
        {"nodes": [["input", 0]], "results": [[0]]},
        {"nodes": [("input", 0)], "results": [[1]]},
        {"nodes": [("input", 0)], "results": [0]},
        {"nodes": [("input", 0)] * 3000, "results": [[0]]},
        {"nodes": [("input", 0)], "results": [[0] * 3000]},
    ],
)
def test_what_is_no_graph_is_refused(data):
    with pytest.raises(FormulaError):
        Graph.read(data, 6)


def test_a_graph_that_is_not_the_functions_is_not_believed():
    returned = [SQUARED(*arguments) for arguments in formula.points(SQUARED)]
    forged = {"nodes": [("input", 0)], "results": [[0]]}
    assert formula.explain(SQUARED, 0, forged, returned) is None
    constant = {"nodes": [], "results": [[returned[0]]]}  # right at the first point alone
    assert formula.explain(SQUARED, 0, constant, returned) is None
    assert formula.explain(MSE, 0, forged, [1.0, 2.0]) is None
    assert formula.explain(MSE, 0, forged, [(object(), None)] * 2) is None


def bombs():
    x, e = ("input", 0), ("exp", 0)
    yield "squares of squares", [x, *[("multiply", k, k) for k in range(60)]]
    yield "sums of sums", [x, ("input", 1), *[("add", k, k + 1) for k in range(300)]]
    yield "powers", [x, ("power", 0, 1e6)]
    yield "towers", [x, *[("power", k, 12.0) for k in range(50)]]
    yield "exponentials of exponentials", [x, e, *[("exp", k) for k in range(1, 60)]]
    yield "digits", [x, *[("multiply", k, 1.234567890123) for k in range(400)]]
    dense = [("input", k) for k in range(6)]
    dense += [("add", 0, 1), *[("add", k, k - 4) for k in range(6, 10)]]
    yield "products of sums", [*dense, *[("multiply", k, k - 1) for k in range(10, 60)]]
    yield "reciprocals", [*dense, *[("divide", k - 1, k) for k in range(10, 60)]]
    yield "roots", [*dense, *[step for k in range(11, 60, 2) for step in (("add", k - 1, 1), ("sqrt", k))]]


@pytest.mark.parametrize(
    ("name", "nodes"), list(bombs()), ids=lambda value: value if isinstance(value, str) else ""
)
def test_a_hostile_graph_is_given_up_or_read(name, nodes):
    graph = Graph.read({"nodes": nodes, "results": [[len(nodes) - 1]]}, 6)
    with np.errstate(all="ignore"):
        graph.values([0.5, 1.5, 0.25, 0.75, 1.25, 2.0])
        try:
            forms = Forms([0.5, 1.5, 0.25, 0.75, 1.25, 2.0])
            form = forms.of_graph(graph, graph.results[0][0])
            writer = Writer(forms, list("abcdef"), [])
            assert len(writer.text(writer.products(form))) <= 200
        except FormulaError:
            pass


numbers = st.integers(-4, 4).map(float)
leaves = st.one_of(st.sampled_from(["x", "y", "z"]), numbers.map(str))
terms = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from("+-*/"), inner).map(lambda t: f"({t[0]} {t[1]} {t[2]})"),
        inner.map(lambda t: f"np.exp({t} / 8)"),
        inner.map(lambda t: f"np.tanh({t})"),
        inner.map(lambda t: f"np.sqrt(1 + ({t}) ** 2)"),
        inner.map(lambda t: f"sigma({t})"),
    ),
    max_leaves=7,
)


@settings(max_examples=300)
@given(terms)
def test_a_normal_form_keeps_the_value(text):
    function = eval(f"lambda x, y, z: {text} + 0 * x", {"np": np, "sigma": sigma})
    point = (0.75, -1.25, 0.5)
    try:
        with np.errstate(all="ignore"):
            value = float(function(*map(np.float64, point)))
    except ZeroDivisionError:
        return
    if not np.isfinite(value) or abs(value) > 1e6:
        return
    try:
        graph = Graph.read(tracing.trace(function, point), 3)
        forms = Forms(point)
        form = forms.of_graph(graph, graph.results[0][0])
    except (FormulaError, tracing.UntraceableError, ArithmeticError):
        return
    assert forms.value(form) == pytest.approx(value, rel=1e-7, abs=1e-7)


def test_only_derivatives_by_numbers_examples_and_features_are_read():
    assert formula.is_readable(MSE)
    assert not formula.is_readable(gradient(lecture.NETWORK, "W1"))
    assert not formula.is_readable(SimpleNamespace(derivations=()))
