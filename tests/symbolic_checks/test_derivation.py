"""Derivations are exact, notice when they are not, and read like a handout."""

from dataclasses import replace

import pytest
import sympy as sp

from symbolic_checks import lecture
from symbolic_checks.derivation import UnknownVariableError, derive
from symbolic_checks.directions import LineDerivative, stationary_points
from symbolic_checks.indexed import DerivationError, contract, local_derivative
from symbolic_checks.lecture import Argument, Definition, Model, d, h, i, j, n, r, total, w
from symbolic_checks.numpy_writer import absolute

GRADIENTS = [
    (lecture.SQUARED_ERROR, ("w1", "w2", "b")),
    (lecture.MSE, ("w", "b")),
    (lecture.RIDGE, ("w", "b")),
    (lecture.SIGMOID, ("z",)),
    (lecture.NEURON, ("w", "b")),
    (lecture.NETWORK, ("W1", "b1", "w2", "b2")),
]
DERIVATIONS = [derive(model, variable) for model, variables in GRADIENTS for variable in variables]
LINES = [
    LineDerivative(lecture.DIRECTIONAL_DERIVATIVE, change=False),
    LineDerivative(lecture.FIRST_ORDER_CHANGE, change=True),
]
POINTS = [*stationary_points(lecture.STEEPEST_DIRECTION), *stationary_points(lecture.MINIMUM_NORM)]


def name(derivation):
    return f"{derivation.of} by {getattr(derivation, 'wrt', '')}"


@pytest.mark.parametrize("derivation", DERIVATIONS, ids=name)
def test_the_product_of_factors_is_the_derivative_of_the_composed_loss(derivation):
    assert derivation.certify()


@pytest.mark.parametrize("sizes", [{n: 1, d: 1, h: 1}, {n: 2, d: 3, h: 1}, {n: 1, d: 2, h: 3}])
def test_the_proof_holds_at_other_sizes(sizes):
    assert all(derivation.certify(sizes) for derivation in DERIVATIONS)


FACTORS = [
    (derivation, position, place)
    for derivation in DERIVATIONS
    for position, path in enumerate(derivation.paths)
    for place in range(len(path))
]


@pytest.mark.parametrize(("derivation", "position", "place"), FACTORS)
@pytest.mark.parametrize("tamper", [lambda f: 2 * f, lambda f: -f], ids=["twice", "negative"])
def test_the_proof_fails_when_any_factor_is_wrong(derivation, position, place, tamper):
    paths = [list(path) for path in derivation.paths]
    paths[position][place] = replace(paths[position][place], value=tamper(paths[position][place].value))
    assert not replace(derivation, paths=tuple(map(tuple, paths))).certify()


def test_the_proof_fails_when_a_definition_loses_its_factor():
    derivation = derive(lecture.MSE, "w")
    loss = lecture.MSE.output
    halved = replace(loss, expression=loss.expression * n)
    model = replace(lecture.MSE, definitions=(*lecture.MSE.definitions[:-1], halved))
    assert not replace(derivation, model=model).certify()
    assert derive(model, "w").certify()


def test_the_proof_fails_when_a_path_is_left_out():
    derivation = derive(lecture.RIDGE, "w")
    assert len(derivation.paths) == 2
    for path in derivation.paths:
        assert not replace(derivation, paths=(path,)).certify()


def test_the_derivative_of_the_mse_keeps_its_one_over_n():
    # SymPy 1.14's own conversion of indexed sums drops it.
    doubled = derive(lecture.MSE, "b").expression
    assert sp.simplify(doubled * n).has(sp.Sum)
    assert not sp.simplify(doubled * n).has(1 / n)


@pytest.mark.slow
@pytest.mark.parametrize("point", POINTS, ids=lambda p: str(p.expression))
def test_a_stationary_point_solves_the_problem_written_out(point):
    # Not in one dimension: there SymPy writes ±1, and not ±g/|g|.
    assert point.certify((2, 3, 4))
    assert not replace(point, multiplier=3 * point.multiplier).certify()


def test_the_steepest_directions_are_opposite_and_the_objective_is_plus_and_minus_the_length():
    down, up = stationary_points(lecture.STEEPEST_DIRECTION)
    assert down.expression == -up.expression
    assert down.objective == -up.objective == -sp.sqrt(total(lecture.g[j] ** 2, j))


def test_the_minimum_norm_problem_has_one_solution():
    assert len(stationary_points(lecture.MINIMUM_NORM)) == 1


@pytest.mark.parametrize("line", LINES, ids=name)
def test_the_first_order_agrees_with_an_undefined_loss(line):
    assert line.certify((1, 2, 4))
    shorter = replace(line.problem, direction=line.problem.direction / 2)
    # A line of another length has another slope, and its own proof.
    assert replace(line, problem=shorter).certify()
    assert replace(line, problem=shorter).expression != line.expression


def test_the_handout_reads_in_order():
    latex = [step.latex for step in derive(lecture.NEURON, "w").steps()]
    assert latex[0] == r"z_{i} = \sum_{j=1}^{d} X_{ij} w_{j} + b"
    assert r"\sigma\left(z\right) = \frac{1}{1 + e^{- z}}" in latex
    assert latex[3] == (
        r"\frac{\partial L}{\partial w_{j}} = \sum_{i=1}^{n} \frac{\partial L}{\partial \hat{y}_{i}} "
        r"\frac{\partial \hat{y}_{i}}{\partial z_{i}} \frac{\partial z_{i}}{\partial w_{j}}"
    )
    assert latex[-1].endswith(
        r"= \frac{1}{n} \sum_{i=1}^{n} \left(\hat{y}_{i} - y_{i}\right) \hat{y}_{i} "
        r"\left(1 - \hat{y}_{i}\right) X_{ij}"
    )


@pytest.mark.parametrize("derivation", [*DERIVATIONS, *LINES, *POINTS], ids=name)
def test_every_step_has_balanced_latex_and_a_sentence(derivation):
    for step in derivation.steps():
        assert step.latex.count("{") == step.latex.count("}")
        assert step.latex.count(r"\left(") == step.latex.count(r"\right)")
        assert step.sentence.endswith(".")


def test_an_unknown_variable_is_named_with_those_there_are():
    with pytest.raises(UnknownVariableError, match=r"no argument 'v': choose from X, y, w, b"):
        derive(lecture.MSE, "v")


def test_a_variable_that_does_not_matter_is_named():
    spare = replace(lecture.MSE, arguments=(*lecture.MSE.arguments, Argument("lam", lecture.lam)))
    with pytest.raises(UnknownVariableError, match="does not depend on 'lam'"):
        derive(spare, "lam")


def test_a_gradient_of_an_output_per_example_is_refused():
    with pytest.raises(DerivationError, match="output per example"):
        derive(lecture.LINEAR_OUTPUT, "w")


def test_elements_that_depend_on_each_other_are_refused():
    mean = total(w[j], j) / d
    with pytest.raises(DerivationError, match="depend on each other"):
        local_derivative(r[j], w[j] - mean, w[j])


def test_a_delta_is_contracted_in_every_term():
    q = sp.Symbol("q", integer=True)
    delta = sp.KroneckerDelta(i, q)
    y = lecture.y
    assert contract(total((y[i] + 1) * delta + y[i], i)) == y[q] + 1 + sp.Sum(y[i], (i, 1, i.size))


def test_a_function_without_a_rule_is_refused_by_name():
    model = Model(
        "waves", (Argument("b", lecture.b),), (Definition(lecture.L, sp.zeta(lecture.b), "No wave."),)
    )
    with pytest.raises(DerivationError, match=r"zeta\(b\)"):
        absolute(model.output.expression)
