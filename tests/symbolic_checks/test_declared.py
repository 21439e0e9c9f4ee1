"""A function that an instructor declares is a reference, and is held against its loss where it has one."""

import numpy as np
import pytest

from symbolic_checks import lecture
from symbolic_checks.errors import MismatchError, SymbolicError
from symbolic_checks.reference import function, gradient


def assign(X, centers):
    """The nearest centre of each example."""
    return np.argmin(((X[:, None] - centers) ** 2).sum(axis=2), axis=1)


def loss(X, y, w, b=0.0):
    return float(np.mean((X @ w + b - y) ** 2))


def slope(X, y, w, b=0.0):
    error = X @ w + b - y
    return 2 * X.T @ error / len(y), 2 * error.mean()


def sample(seed):
    random = np.random.default_rng(seed)
    return random.normal(size=(6, 3)), random.normal(size=6), random.normal(size=3), float(random.normal())


def test_a_function_without_a_loss_is_a_reference():
    reference = function(assign)
    assert (reference.parameters, reference.required) == (("X", "centers"), ("X", "centers"))
    assert (reference.components, reference.name, reference.derived) == (("value",), "assign", False)
    X, centers = np.array([[0.0], [9.0], [4.0]]), np.array([[10.0], [1.0]])
    np.testing.assert_array_equal(reference(X, centers), [1, 0, 1])
    np.testing.assert_array_equal(reference(X, centers=centers), [1, 0, 1])
    assert reference.scale(X, centers) == (1.0,)
    assert reference.sizes(X, centers) == {}
    assert {reference: 1, function(assign): 2}[reference] == 1
    with pytest.raises(SymbolicError, match="without a loss"):
        reference.check((X, centers))


def test_a_derived_reference_says_so():
    assert gradient(lecture.MSE, "w").derived


def test_the_scale_is_the_largest_element_or_what_is_given():
    X, y, w, b = sample(0)
    components = ("dw", "db")
    dw, db = slope(1e3 * X, y, w, b)
    scales = function(slope, components).scale(1e3 * X, y, w, b)
    assert scales == (np.abs(dw).max(), max(1.0, abs(db)))
    assert function(slope, components, scale=lambda *_: (2, 3)).scale(X, y, w, b) == (2.0, 3.0)


def test_the_slope_of_its_loss_is_accepted():
    reference = function(slope, ("dw", "db"), loss=loss)
    assert reference.wrt == ("w", "b")
    assert reference.required == ("X", "y", "w")
    reference.verify(sample(seed) for seed in range(3))


def test_a_component_that_is_not_the_slope_is_named_with_both_numbers():
    def halved(X, y, w, b):
        dw, db = slope(X, y, w, b)
        return dw, db / 2

    X, y, w, _ = sample(1)
    X, y = np.zeros_like(X), np.zeros_like(y)
    with pytest.raises(
        MismatchError
    ) as caught:  # the loss is b² = 9 here, its slope 2b = 6, and half of it 3
        function(halved, ("dw", "db"), loss=loss, name="the gradient").check((X, y, w, 3.0))
    for part in ("db of the gradient", "with respect to `b`", "it is 3,", "give 6;", "differ by 3."):
        assert part in str(caught.value)


def test_another_shape_is_told():
    with pytest.raises(MismatchError, match=r"shape \(3, 1\), and `w`, .* shape \(3,\)"):
        function(lambda X, y, w: slope(X, y, w)[0][:, None], loss=loss, wrt=("w",)).check(sample(2)[:3])


@pytest.mark.parametrize(
    ("declare", "sentence"),
    [
        (lambda: function(lambda *rows: rows), r"takes `\*rows`"),
        (lambda: function(assign, ()), "no component"),
        (lambda: function(assign, loss=loss), "has no argument 'value': choose wrt from X, centers"),
        (lambda: function(assign, ("labels",), loss=loss, wrt=("X", "centers")), "1 components, and 2 names"),
    ],
)
def test_a_declaration_that_makes_no_sense_is_refused(declare, sentence):
    with pytest.raises(SymbolicError, match=sentence):
        declare()


def test_too_few_results_are_told():
    with pytest.raises(SymbolicError, match="returned 1 values, and 2 components"):
        function(assign, ("one", "other")).scale(np.zeros((2, 1)), np.zeros((2, 1)))
