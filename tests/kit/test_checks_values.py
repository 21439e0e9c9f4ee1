"""Wrong values are told what they look like, and which mistake explains them, if one does."""

import re

import numpy as np
import pytest
from styles import RIGHT, VALUES, line, loop_loss, residual_gradient, rows, scaled, tanh_sigmoid, unit
from styles_steps import adam, example_by_example, loop_ridge

# -- values that are wrong: what is measured, and what is named


@pytest.mark.parametrize(
    ("name", "function", "asked"),
    [
        (
            "mse_gradient",
            lambda X, y, w, b: (X * y[:, None], 0.0),
            "n differs from d here: is the sum over the right axis",
        ),
        (
            "mlp_forward",
            lambda X, W1, b1, w2, b2: X @ W1,
            "n, d and h differ here: is the sum over the right axis",
        ),
        ("dL_db", lambda x1, x2, y, w1, w2, b: [x1, x2], "Is the sum over the right axis"),
    ],
)
def test_a_result_of_another_size_is_asked_about_in_the_letters_of_its_exercise(says, name, function, asked):
    right, text = says(name, function)
    assert not right
    assert line(text, "likely").startswith(asked), text


GRADIENTS = ["dL_dw1", "dL_dw2", "dL_db", "mse_gradient", "sigmoid_derivative", "neuron_gradient"]
OVER_EXAMPLES = ["mse_loss", "mse_gradient", "neuron_gradient"]


@pytest.mark.parametrize(
    ("names", "factor", "seen", "likely"),
    [
        (
            GRADIENTS,
            lambda n: -1,
            "-1 times",
            "It has the opposite sign everywhere",
        ),
        (
            GRADIENTS,
            lambda n: 2,
            "2 times",
            "It is exactly twice what it should be",
        ),
        (
            GRADIENTS,
            lambda n: 0.5,
            "0.5 times",
            "It is exactly half what it should be",
        ),
        (
            OVER_EXAMPLES,
            lambda n: n,
            "3 times",
            "It is n times what it should be, for n examples: a sum or a mean?",
        ),
        (OVER_EXAMPLES, lambda n: 1 / n, "0.333333 times", "It is n times too small, for n examples"),
        (
            ["mse_gradient"],
            lambda n: 2 * n,
            "6 times",
            "It is 2n times what it should be, for n examples.",
        ),
        ([*GRADIENTS, *OVER_EXAMPLES], lambda n: 7, "7 times", ""),
        ([*GRADIENTS, *OVER_EXAMPLES], lambda n: -1.3, "-1.3 times", ""),
    ],
)
def test_a_wrong_factor_is_measured_and_named_only_if_it_is_a_known_one(says, names, factor, seen, likely):
    for name in names:
        right, text = says(name, scaled(name, factor))
        assert not right
        assert f"{seen} the" in line(text, "seen")
        assert line(text, "likely").startswith(likely)
        assert bool(line(text, "likely")) == bool(likely), text


def only(name, component, factor):
    def wrong(*arguments):
        parts = [np.array(part) for part in RIGHT[name](*arguments)]
        parts[component] = parts[component] * factor
        return tuple(parts)

    return wrong


@pytest.mark.parametrize("name", ["mse_gradient", "neuron_gradient"])
@pytest.mark.parametrize(("component", "wrong", "fine"), [(0, "dw", "db"), (1, "db", "dw")])
def test_the_component_that_is_wrong_is_named_and_the_other_praised(says, name, component, wrong, fine):
    _, text = says(name, only(name, component, -1))
    assert line(text, "seen").startswith(f"{wrong}: -1 times")
    assert f"{fine} is right" in line(text, "seen")
    assert line(text, "likely").startswith("It has the opposite sign everywhere")


def test_a_derivative_is_compared_with_central_differences_of_the_students_own_loss(says):
    wrong = scaled("mse_gradient", lambda n: 2)
    assert "the slope of mse_loss, measured by central differences" in says("mse_gradient", wrong)[1]
    _, text = says("mse_gradient", wrong, mse_loss=lambda X, y, w, b: 1.0)
    assert "central differences" not in text
    assert "2 times the right value" in text
    assert says("mse_gradient", residual_gradient, mse_loss=lambda X, y, w, b: 1.0)[0]


def changing(X, y, w, b):
    result = residual_gradient(X, y, w, b)
    w += 1
    return result


STORE = np.zeros(100)


def storing(X, w, b):
    STORE[: len(X)] = rows(X, w, b)
    return STORE[: len(X)]


def unsafe(z):
    return 1 / (1 + np.exp(-np.asarray(z, float)))


def silencing(z):
    np.seterr(over="ignore")
    return unsafe(z)


def hardcoded_features(X, w, b):
    return X[:, 0] * w[0] + X[:, 1] * w[1] + b


def column(X, w, b):
    return np.array(rows(X, w, b))[:, None]


def line_of_one(X, w, b):
    return np.array(rows(X, w, b))[None]


def broadcast(X, y, w, b):
    error = X @ w[:, None] + b - y
    return X.T @ error / len(y), error.mean()


def squeezed(X, w, b):
    return np.squeeze(X @ w + b)


def in_place_direction(gradient):
    gradient /= np.linalg.norm(gradient) or 1
    return gradient


def sigmoid_form(X, y, w, b):
    """σ instead of σ′ in the chain."""
    output = tanh_sigmoid(np.array(rows(X, w, b)))
    delta = (output - y) * output / len(y)
    return X.T @ delta, delta.sum()


def no_link(X, y, w, b):
    delta = (tanh_sigmoid(np.array(rows(X, w, b))) - y) / len(y)
    return X.T @ delta, delta.sum()


@pytest.mark.parametrize(
    ("name", "function", "said"),
    [
        ("mse_gradient", changing, "right values, but it changes its argument w in place: work on a copy"),
        ("steepest_ascent_direction", in_place_direction, "make a new array instead"),
        ("predict", storing, "two calls return the same array"),
        ("predict", column, "right values, but it has shape (3, 1); expected shape (3,)"),
        ("predict", line_of_one, "right values, but it has shape (1, 3); expected shape (3,)"),
        ("predict", squeezed, "expected shape (1,)"),
        ("predict", hardcoded_features, "7 examples of 3 features"),
        ("predict", lambda X, w, b: X @ w, "b is left out."),
        ("predict", lambda X, w, b: X @ w - b, "b has the wrong sign."),
        ("predict", lambda X, w, b: list(map(str, rows(X, w, b))), "expected shape (3,)"),
        ("mse_gradient", lambda *a: residual_gradient(*a)[::-1], "The order is reversed: return (dw, db)"),
        ("mse_gradient", lambda *a: np.array(residual_gradient(*a)[0]), "expected a tuple (dw, db)"),
        ("mse_gradient", broadcast, "is every broadcast right?"),
        ("mse_gradient", lambda *a: (np.array(residual_gradient(*a)[0])[:, None], residual_gradient(*a)[1]),
         "dw has shape (2, 1); expected shape (2,)"),
        ("mse_loss", lambda X, y, w, b: ((X @ w + b - y) ** 2).mean(), "It is exactly twice"),
        ("mse_loss", lambda X, y, w, b: ((X @ w + b - y) ** 2).sum() / 6, "7 examples of 3 features"),
        ("mse_loss", lambda X, y, w, b: ((X @ w + b - y) ** 2) / 2 / len(y), "shape (3,); expected a number"),
        ("mse_loss", lambda *a: np.round(loop_loss(*a), 6), "rounded?"),
        ("mse_gradient", lambda *a: tuple(np.float32(part) for part in residual_gradient(*a)), "rounded?"),
        ("dL_dw1", lambda x1, x2, y, w1, w2, b: 2 * (x1 * w1 + x2 * w2 + b - y), "A factor x1 is missing."),
        ("dL_db", lambda x1, x2, y, w1, w2, b: x1 * w1 + x2 * w2 + b - y, "It is exactly half"),
        ("dL_dw1", lambda x1, x2, y, w1, w2, b: (x1 * w1 + x2 * w2 + b - y) ** 2, "value of squared_error"),
        ("dL_dw2", lambda x1, x2, y, w1, w2, b: 2 * x1 * (x1 * w1 + x2 * w2 + b - y), "the slope along w1."),
        ("dL_dw1", lambda *arguments: -13.0, "with random numbers"),
        ("sigmoid_derivative", tanh_sigmoid, "the value of sigmoid itself; expected its slope"),
        ("sigmoid", unsafe, "right values, but NumPy warns: overflow"),
        ("sigmoid", silencing, "it turns off NumPy's warnings"),
        ("sigmoid", lambda z: np.exp(z) / (1 + np.exp(z)), "|z| up to 1000"),
        ("neuron_gradient", no_link, "not one factor"),
        ("neuron_gradient", sigmoid_form, "not one factor"),
        ("steepest_ascent_direction", lambda g: g * 1.0, "It has the length of the gradient."),
        ("steepest_ascent_direction", lambda g: g / (g @ g), "divided by the square of"),
        ("steepest_ascent_direction", lambda g: g / 3, "a direction has length 1."),
        ("steepest_descent_direction", unit, "It points the other way"),
        ("directional_derivative", lambda g, r: g @ r / (np.linalg.norm(r) or 1.0), "a ValueError"),
        ("directional_derivative", lambda g, r: g @ r, "which should not matter"),
        ("ridge_gradient", lambda X, y, w, b, lam: loop_ridge(X, y, w, b, lam / 2), "half of what"),
        ("ridge_gradient", lambda *a: (loop_ridge(*a)[0], 2 * loop_ridge(*a)[1]),
         "db: 2 times the slope of ridge_loss, measured by central differences; dw is right"),
        ("mlp_gradient", lambda *a: [2 * np.array(p) for p in example_by_example(*a)], "It is exactly twice"),
        ("adam_step", lambda v, m, s, g, t, lr, *more: adam(v, m, s, g, t + 1, lr, *more), "uses t + 1"),
        ("steepest_ascent_direction", lambda g: g / np.linalg.norm(g), "with a gradient of zero"),
        ("steepest_ascent_direction", lambda g: g / max(np.linalg.norm(g), 1e-9), "right on ordinary inputs"),
    ],
)  # fmt: skip
def test_a_wrong_value_is_explained(says, name, function, said):
    before = np.geterr()
    right, text = says(name, function)
    np.seterr(**before)
    assert not right
    assert said in text


# -- what is never said


@pytest.mark.parametrize("name", VALUES)
@pytest.mark.parametrize("seed", range(4))
def test_no_mistake_is_named_where_the_values_are_random(says, name, seed, exercises):
    random = np.random.default_rng(seed)

    def wrong(*arguments):
        value = RIGHT[name](*arguments)
        several = isinstance(value, tuple | list) and len(exercises[name]["components"]) > 1
        parts = [random.normal(size=np.shape(part)) for part in (value if several else (value,))]
        return tuple(parts) if several else parts[0]

    right, text = says(name, wrong)
    assert not right
    assert line(text, "likely") == ""


@pytest.mark.parametrize("name", VALUES)
def test_no_mistake_is_named_that_explains_the_worked_example_alone(says, name, exercises):
    worked = exercises[name]["examples"][0]["arguments"]

    def wrong(*arguments):
        by = 2 if all(map(np.array_equal, arguments, worked)) else 1.7
        return scaled(name, lambda n: by)(*arguments)

    right, text = says(name, wrong)
    assert not right
    assert "factor 2" not in text


@pytest.mark.parametrize("name", VALUES)
@pytest.mark.parametrize("kind", ["edge", "ordinary"])
def test_the_right_values_are_printed_for_the_worked_example_alone(says, name, kind, exercises):
    examples = exercises[name]["examples"]
    fine = [e["arguments"] for e in examples if kind == "edge" and not e["edge"]] or [
        examples[0]["arguments"]
    ]

    def wrong(*arguments):
        if any(all(map(np.array_equal, arguments, known)) for known in fine):
            return RIGHT[name](*arguments)
        return scaled(name, lambda n: 0.7713)(*arguments)

    right, text = says(name, wrong)
    assert not right
    assert line(text, "expected") == ""
    printed = np.array([float(number) for number in re.findall(r"-?\d+\.\d+(?:e-?\d+)?", text)])
    for example in examples[1:]:
        secret = np.concatenate([np.ravel(part) for part in example["expected"]]).astype(float)
        secret = secret[(secret != np.round(secret)) & (np.abs(secret) > 1e-3)]
        assert not np.isclose(printed[:, None], secret, rtol=1e-5).any(), text


def test_the_worked_example_shows_both_values(says):
    _, text = says("dL_dw1", scaled("dL_dw1", lambda n: 2))
    assert line(text, "returned") == "-26"
    assert line(text, "expected") == "-13"


def test_the_checks_leave_the_global_random_numbers_and_numpys_settings_alone(says):
    state, settings = str(np.random.get_state(legacy=False)), np.geterr()
    for name, function in RIGHT.items():
        says(name, function)
    assert str(np.random.get_state(legacy=False)) == state
    assert np.geterr() == settings
