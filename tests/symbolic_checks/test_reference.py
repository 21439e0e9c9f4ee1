"""Every reference against central differences, the certified derivation in 30 digits, and its contract."""

import subprocess
import sys
import warnings

import mpmath
import numpy as np
import pytest
import sympy as sp
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from symbolic_checks import lecture
from symbolic_checks.derivation import UnknownVariableError, compose
from symbolic_checks.errors import UndefinedError
from symbolic_checks.indexed import DerivationError, elements, write_out_at
from symbolic_checks.lecture import i, j, k
from symbolic_checks.reference import change, gradient, maximiser, minimiser, partial, slope, value

SHAPES = [(1, 1), (7, 3), (5, 2), (4, 4), (1, 3), (6, 1)]
HIDDEN = 3


# What a student can see of the losses, in plain NumPy.
def linear(X, w, b):
    return X @ w + b


def neuron(X, w, b):
    return 1 / (1 + np.exp(-(X @ w + b)))


def network(X, W1, b1, w2, b2):
    return 1 / (1 + np.exp(-(X @ W1 + b1))) @ w2 + b2


def mse(predict):
    return lambda X, y, *parameters: np.mean((predict(X, *parameters) - y) ** 2) / 2


def ridge(X, y, w, b, lam):
    return mse(linear)(X, y, w, b) + lam * np.sum(w**2)


def squared_error(x1, x2, y, w1, w2, b):
    return (w1 * x1 + w2 * x2 + b - y) ** 2


def arguments_of(model, shape, seed=0):
    """Random arguments in the student's order: arrays of the sizes that their indices stand for."""
    rng = np.random.default_rng([seed, *shape])
    sizes = {i: shape[0], j: shape[1], k: HIDDEN}
    arrays = []
    for argument in model.arguments:
        axes = argument.symbol.indices if isinstance(argument.symbol, sp.Indexed) else ()
        array = rng.normal(size=[sizes[axis] for axis in axes])
        arrays.append(array if axes else float(array))
    return arrays


def central_differences(loss, arguments, position, step=1e-5):
    """The gradient of a loss by one argument; its error is about 1e-10 for arguments of size 1."""
    at = np.asarray(arguments[position], dtype=float)
    result = np.empty(at.shape)
    for place in np.ndindex(at.shape):
        ends = []
        for sign in (1, -1):
            moved = at.copy()
            moved[place] += sign * step
            ends.append(loss(*arguments[:position], moved, *arguments[position + 1 :]))
        result[place] = (ends[0] - ends[1]) / (2 * step)
    return result


VALUES = [
    (lecture.LINEAR_OUTPUT, linear),
    (lecture.NEURON_OUTPUT, neuron),
    (lecture.NETWORK_OUTPUT, network),
    (lecture.MSE, mse(linear)),
    (lecture.NEURON, mse(neuron)),
    (lecture.NETWORK, mse(network)),
    (lecture.RIDGE, ridge),
    (lecture.SQUARED_ERROR, squared_error),
]
GRADIENTS = [
    (lecture.MSE, mse(linear), ("w", "b")),
    (lecture.NEURON, mse(neuron), ("w", "b")),
    (lecture.RIDGE, ridge, ("w", "b")),
    (lecture.NETWORK, mse(network), ("W1", "b1", "w2", "b2")),
    (lecture.SQUARED_ERROR, squared_error, ("w1", "w2", "b")),
]
VECTOR_REFERENCES = [
    maximiser(lecture.STEEPEST_DIRECTION),
    minimiser(lecture.STEEPEST_DIRECTION),
    minimiser(lecture.MINIMUM_NORM),
    slope(lecture.DIRECTIONAL_DERIVATIVE),
    change(lecture.FIRST_ORDER_CHANGE),
]
ALL_MODEL_REFERENCES = [(model, value(model)) for model, _ in VALUES] + [
    (model, gradient(model, *variables)) for model, _, variables in GRADIENTS
]


def as_tuple(results):
    return results if isinstance(results, tuple) else (results,)


def named(parameter):
    return getattr(parameter, "name", None)


@pytest.mark.parametrize("shape", SHAPES, ids=str)
@pytest.mark.parametrize(("model", "plain"), VALUES, ids=named)
def test_a_value_is_what_plain_numpy_computes(model, plain, shape):
    arguments = arguments_of(model, shape)
    expected = plain(*arguments)
    result = value(model)(*arguments)
    assert np.shape(result) == np.shape(expected)
    np.testing.assert_allclose(result, expected, rtol=1e-13, atol=1e-13)


@pytest.mark.parametrize("shape", SHAPES, ids=str)
@pytest.mark.parametrize(("model", "loss", "variables"), GRADIENTS, ids=named)
def test_a_gradient_is_the_central_difference_of_the_loss(model, loss, variables, shape):
    arguments = arguments_of(model, shape)
    reference = gradient(model, *variables)
    results = reference(*arguments)
    assert reference.components == tuple(f"d{variable}" for variable in variables)
    for variable, result in zip(variables, results, strict=True):
        position = reference.parameters.index(variable)
        assert np.shape(result) == np.shape(arguments[position])
        expected = central_differences(loss, arguments, position)
        np.testing.assert_allclose(result, expected, rtol=1e-7, atol=1e-8)


@pytest.mark.slow
@pytest.mark.parametrize(("model", "loss", "variables"), GRADIENTS, ids=named)
def test_a_gradient_is_the_certified_derivation_in_thirty_digits(model, loss, variables):
    shape = (3, 2)
    arguments = arguments_of(model, shape, seed=1)
    sizes = {i.size: shape[0], j.size: shape[1], k.size: HIDDEN}
    numbers = {}
    for argument, array in zip(model.arguments, arguments, strict=True):
        numbers |= dict(zip(elements(argument.symbol, sizes), np.ravel(array).tolist(), strict=True))
    reference = gradient(model, *variables)
    for derivation, result in zip(reference.derivations, reference(*arguments), strict=True):
        assert derivation.certify(sizes)
        for element, got in zip(elements(derivation.wrt, sizes), np.ravel(result), strict=True):
            written = write_out_at(derivation.expression, derivation.wrt, element, sizes)
            exact = compose(written, model.definitions, sizes).rewrite(sp.exp)
            with mpmath.workdps(30):
                expected = sp.lambdify(list(numbers), exact, "mpmath")(*map(mpmath.mpf, numbers.values()))
            assert got == pytest.approx(float(expected), rel=1e-12, abs=1e-14)


@pytest.mark.parametrize("variable", ["w1", "w2", "b", "w_1"])
def test_a_partial_derivative_is_a_float(variable):
    reference = partial(lecture.SQUARED_ERROR, variable)
    assert reference.parameters == ("x1", "x2", "y", "w1", "w2", "b")
    assert reference.components == ("value",)
    arguments = arguments_of(lecture.SQUARED_ERROR, (1, 1))
    result = reference(*arguments)
    assert type(result) is float
    position = reference.parameters.index(variable.replace("_", ""))
    assert result == pytest.approx(float(central_differences(squared_error, arguments, position)), rel=1e-8)


@pytest.mark.parametrize(("model", "reference"), ALL_MODEL_REFERENCES, ids=named)
def test_integers_are_taken_for_floats_and_arguments_stay(model, reference):
    whole = [np.rint(3 * np.asarray(a)).astype(int) for a in arguments_of(model, (5, 2))]
    whole = [a if a.ndim else int(a) for a in whole]
    before = [np.copy(a) for a in whole]
    results = reference(*whole)
    expected = reference(*[np.asarray(a, dtype=float) if np.ndim(a) else float(a) for a in whole])
    for got, right in zip(as_tuple(results), as_tuple(expected), strict=True):
        np.testing.assert_array_equal(got, right)
    reference.scale(*whole)
    for array, copy in zip(whole, before, strict=True):
        np.testing.assert_array_equal(array, copy)


@pytest.mark.parametrize(("model", "reference"), ALL_MODEL_REFERENCES, ids=named)
def test_no_result_is_smaller_than_its_scale_allows(model, reference):
    for seed in range(5):
        arguments = arguments_of(model, (7, 3), seed)
        results = as_tuple(reference(*arguments))
        scales = reference.scale(*arguments)
        assert len(scales) == len(reference.components) == len(results)
        for result, scale in zip(results, scales, strict=True):
            assert type(scale) is float
            assert np.max(np.abs(result)) <= scale * (1 + 1e-12)


@pytest.mark.parametrize(("model", "loss", "variables"), GRADIENTS[:3], ids=named)
def test_the_scale_is_positive_at_a_perfect_fit(model, loss, variables):
    arguments = arguments_of(model, (7, 3))
    forward = value(lecture.NEURON_OUTPUT if model is lecture.NEURON else lecture.LINEAR_OUTPUT)
    arguments[1] = forward(arguments[0], *arguments[2:4])
    if model is lecture.RIDGE:
        arguments[4] = 0.0
    reference = gradient(model, *variables)
    for result, scale in zip(reference(*arguments), reference.scale(*arguments), strict=True):
        np.testing.assert_array_equal(result, 0)
        assert scale > 0.1


def test_the_scale_of_the_mse_gradient_is_its_sum_of_absolute_terms():
    X, y, w, b = np.array([[2.0], [-1.0]]), np.array([1.0, 4.0]), np.array([-3.0]), 0.5
    size = np.abs(X) @ np.abs(w) + abs(b) + np.abs(y)
    expected = (float(np.mean(size * np.abs(X[:, 0]))), float(np.mean(size)))
    assert gradient(lecture.MSE, "w", "b").scale(X, y, w, b) == pytest.approx(expected)


@pytest.mark.parametrize("reference", [value(lecture.SIGMOID), partial(lecture.SIGMOID, "z")], ids=named)
def test_an_elementwise_reference_keeps_the_shape(reference):
    assert type(reference(0)) is float
    assert type(reference(np.array(0.5))) is float
    for shape in [(1,), (3,), (2, 3), (0,), (2, 1, 4)]:
        assert reference(np.zeros(shape)).shape == shape
    assert reference(np.array([1, 2])).dtype == np.float64


@given(hnp.arrays(np.float64, hnp.array_shapes(), elements=st.floats(allow_nan=False, allow_infinity=False)))
@settings(max_examples=50)
def test_sigma_is_safe_for_every_finite_number(z):
    before = z.copy()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        s, slope_ = value(lecture.SIGMOID)(z), partial(lecture.SIGMOID, "z")(z)
    np.testing.assert_array_equal(z, before)
    assert ((s >= 0) & (s <= 1)).all()
    assert ((slope_ >= 0) & (slope_ <= 0.25)).all()


@pytest.mark.parametrize(
    "z", [-1e308, -1000.0, -745.2, -40.0, -1.0, 0.0, 0.7, 16.0, 37.0, 40.0, 1000.0, 1e308]
)
def test_sigma_and_its_derivative_are_right_to_their_scale(z):
    with mpmath.workdps(60):
        exact = 1 / (1 + mpmath.exp(-mpmath.mpf(max(min(z, 2000), -2000))))
        expected = float(exact), float(exact * (1 - exact))
    assert value(lecture.SIGMOID)(z) == pytest.approx(expected[0], rel=1e-14, abs=0)
    derivative = partial(lecture.SIGMOID, "z")
    assert derivative.scale(z) == (2.0,)
    assert derivative(z) == pytest.approx(expected[1], abs=1e-15 * 2)


def test_a_neuron_is_safe_far_out():
    X, y = np.array([[1000.0], [-1000.0]]), np.array([1.0, 1.0])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        np.testing.assert_array_equal(value(lecture.NEURON_OUTPUT)(X, np.ones(1), 0.0), [1, 0])
        # Residuals 0 and −1: half the mean square.
        assert value(lecture.NEURON)(X, y, np.ones(1), 0.0) == 0.25
        dw, db = gradient(lecture.NEURON, "w", "b")(X, y, np.ones(1), 0.0)
    np.testing.assert_array_equal(dw, [0.0])
    assert db == 0.0


VECTORS = hnp.arrays(np.float64, st.integers(1, 6), elements=st.floats(-10, 10)).filter(
    lambda vector: np.abs(vector).max() > 1e-3
)


@pytest.mark.slow
@given(VECTORS, st.sampled_from([1e-200, 1e-12, 1.0, 1e150]), st.integers(0, 2**32))
@settings(max_examples=60)
def test_no_direction_rises_more_than_the_steepest(g, size, seed):
    g = g * size
    up, down = maximiser(lecture.STEEPEST_DIRECTION)(g), minimiser(lecture.STEEPEST_DIRECTION)(g)
    np.testing.assert_array_equal(up, -down)
    assert np.linalg.norm(up) == pytest.approx(1, rel=1e-14)
    others = np.random.default_rng(seed).normal(size=(50, g.size))
    others /= np.linalg.norm(others, axis=1, keepdims=True)
    rises = others @ (g / size)
    assert rises.max() <= up @ (g / size) * (1 + 1e-12)
    (scale,) = maximiser(lecture.STEEPEST_DIRECTION).scale(g)
    assert 1 / np.sqrt(g.size) * (1 - 1e-12) <= scale <= 1 + 1e-12


def test_a_zero_gradient_has_the_zero_direction():
    for reference in VECTOR_REFERENCES[:2]:
        np.testing.assert_array_equal(reference(np.zeros(3, dtype=int)), np.zeros(3))
        assert reference.scale(np.zeros(3)) == (1.0,)


@pytest.mark.slow
@given(VECTORS, st.floats(-5, 5), st.sampled_from([1e-200, 1e-9, 1.0, 1e9]), st.integers(0, 2**32))
@settings(max_examples=60)
def test_the_minimum_norm_solution_solves_and_is_shortest(a, c, size, seed):
    b = minimiser(lecture.MINIMUM_NORM)(a * size, c)
    assert a @ (b * size) == pytest.approx(c, rel=1e-12, abs=1e-12)
    # Any other solution differs by a vector orthogonal to a.
    other = np.random.default_rng(seed).normal(size=a.size)
    other -= a * (a @ other) / (a @ a)
    assert np.linalg.norm(b * size) <= np.linalg.norm(b * size + other) + 1e-12


def test_the_directional_derivative_is_the_central_difference_of_a_loss():
    rng = np.random.default_rng(2)
    for size in (1, 2, 5):
        v, direction = rng.normal(size=(2, size))
        unit, step = direction / np.linalg.norm(direction), 1e-5

        def loss(u):
            return np.sum(np.sin(u)) + np.prod(u)

        gradient_ = central_differences(loss, [v], 0)
        expected = (loss(v + step * unit) - loss(v - step * unit)) / (2 * step)
        got = slope(lecture.DIRECTIONAL_DERIVATIVE)(gradient_, 3 * direction)
        assert type(got) is float
        assert got == pytest.approx(expected, rel=1e-7, abs=1e-8)


def test_the_predicted_change_is_the_change_of_the_loss_to_first_order():
    X, y, w, b = arguments_of(lecture.MSE, (7, 3))
    dw, _ = gradient(lecture.MSE, "w", "b")(X, y, w, b)
    predicted = change(lecture.FIRST_ORDER_CHANGE)
    errors = []
    for lr in (1e-3, 1e-4):
        actual = mse(linear)(X, y, w - lr * dw, b) - mse(linear)(X, y, w, b)
        errors.append(abs(actual - predicted(dw, lr)))
        assert predicted(dw, lr) == pytest.approx(actual, rel=1e-2)
    # What is left is of second order: a tenth of the step leaves a hundredth of the error.
    assert errors[1] == pytest.approx(errors[0] / 100, rel=1e-2)


@pytest.mark.parametrize(
    ("reference", "arguments"),
    [
        (slope(lecture.DIRECTIONAL_DERIVATIVE), (np.ones(2), np.zeros(2))),
        (minimiser(lecture.MINIMUM_NORM), (np.zeros(2), 1.0)),
    ],
    ids=["direction", "a"],
)
def test_what_is_not_defined_at_zero_says_so(reference, arguments):
    with pytest.raises(UndefinedError, match="zero vector"):
        reference(*arguments)
    with pytest.raises(ValueError, match="zero vector"):
        reference.scale(*arguments)


def test_wrong_names_and_problems_are_refused():
    with pytest.raises(UnknownVariableError, match="choose from X, y, w, b"):
        gradient(lecture.MSE, "w", "bias")
    with pytest.raises(DerivationError, match="smallest value only"):
        maximiser(lecture.MINIMUM_NORM)


def test_the_students_order_of_arguments():
    assert gradient(lecture.NETWORK, "W1").parameters == ("X", "y", "W1", "b1", "w2", "b2")
    assert gradient(lecture.RIDGE, "w", "b").parameters == ("X", "y", "w", "b", "lam")
    assert [reference.parameters for reference in VECTOR_REFERENCES] == [
        ("gradient",),
        ("gradient",),
        ("a", "c"),
        ("gradient", "direction"),
        ("gradient", "lr"),
    ]


def test_a_reference_is_a_key_by_identity():
    one, other = value(lecture.MSE), value(lecture.MSE)
    assert {one: 1, other: 2}[one] == 1


@pytest.mark.slow
def test_every_derivation_behind_a_reference_is_certified():
    for reference in [*VECTOR_REFERENCES, *(reference for _, reference in ALL_MODEL_REFERENCES)]:
        assert all(derivation.certify() for derivation in reference.derivations)


def test_the_package_knows_nothing_of_the_autograder():
    program = "import sys, symbolic_checks.reference; print([m for m in sys.modules if 'autograder' in m])"
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
