"""What stands in place of one link of the chain: mistaken slopes of a square, of σ and of a softmax."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import sympy as sp

from symbolic_checks.derivation import Factor
from symbolic_checks.language import Expr, Sigma, indices_of

ERROR: dict[str, tuple[str, Callable[[Expr, Expr], Expr]]] = {
    "target_missing": (
        "The result does not depend on the targets: what is the prediction compared with?",
        lambda output, target: output,
    ),
    "prediction_missing": (
        "The predictions are missing: what are the targets compared with?",
        lambda output, target: -target,
    ),
    "target_added": (
        "Prediction and target are added: the error is a difference.",
        lambda output, target: output + target,
    ),
    "error_missing": (
        "The error is missing: what is the slope of the square?",
        lambda output, target: sp.Integer(1),
    ),
    "square_kept": (
        "The error is still squared: what is the slope of a square?",
        lambda output, target: (output - target) ** 2,
    ),
    "absolute_error": (
        "The error has lost its sign: is an absolute value taken?",
        lambda output, target: sp.Abs(output - target),
    ),
    "sign_of_error": (
        "Only the sign of the error is used: that is the slope of |ŷ − y|, but the loss squares the error.",
        lambda output, target: sp.sign(output - target),
    ),
    "target_halved": (
        "The factor of the square is at the prediction only: it belongs to the whole error.",
        lambda output, target: output - target / 2,
    ),
    "prediction_halved": (
        "The factor of the square is at the target only: it belongs to the whole error.",
        lambda output, target: output / 2 - target,
    ),
}
SLOPE: dict[str, tuple[str, Callable[[Expr, Expr], Expr]]] = {
    "slope_missing": (
        "A link of the chain is missing: how does σ(z) change with z?",
        lambda s, z: sp.Integer(1),
    ),
    "sigma_for_slope": (
        "σ is used in place of its slope: how does σ(z) change with z?",
        lambda s, z: s,
    ),
    "one_minus_sigma": ("Of the slope of σ only 1 − σ is there.", lambda s, z: 1 - s),
    "one_minus_sigma_twice": ("1 − σ comes in twice.", lambda s, z: s * (1 - s) ** 2),
    "sigma_twice": ("σ comes in twice.", lambda s, z: s**2 * (1 - s)),
    "tanh_for_sigma": (
        "That is the slope of tanh: σ is another function.",
        lambda s, z: 1 - sp.tanh(z) ** 2,
    ),
    "sigma_squared": ("The slope of σ is taken as a square of σ.", lambda s, z: s**2),
    "one_minus_sigma_squared": ("The slope of σ is taken as a square of 1 − σ.", lambda s, z: (1 - s) ** 2),
    "slope_of_tanh": (
        "1 − s² is the slope of tanh: σ has another one.",
        lambda s, z: 1 - s**2,
    ),
    "plus_for_minus": (
        "In the slope of σ there is a plus where a minus should be.",
        lambda s, z: s * (1 + s),
    ),
    "slope_at_sigma": (
        "The slope of σ is taken at σ(z): at which point should it be?",
        lambda s, z: Sigma(s) * (1 - Sigma(s)),
    ),
    "sum_for_sigma": (
        "The slope of σ is written with z in place of σ(z).",
        lambda s, z: z * (1 - z),
    ),
    "slope_squared": ("The slope of σ comes in twice.", lambda s, z: (s * (1 - s)) ** 2),
    "numerator_only": (
        "Of the quotient rule only the numerator is there: what is it divided by?",
        lambda s, z: sp.exp(-z),
    ),
    "slope_of_relu": ("That is the slope of ReLU: σ is another function.", lambda s, z: sp.Heaviside(z, 0)),
    "exponent_sign": (
        "One exponential has the wrong sign in its exponent.",
        lambda s, z: sp.exp(z) * s**2,
    ),
    "second_derivative": (
        "That is the slope of the slope: the derivative was taken twice.",
        lambda s, z: s * (1 - s) * (1 - 2 * s),
    ),
    "times_z": ("z comes in as a factor of its own.", lambda s, z: z * s * (1 - s)),
}


def of_softmax(factor: Factor) -> Iterator[tuple[str, str, Expr]]:
    """Another slope of a softmax: name, sentence, value."""
    deltas = sp.Mul(*factor.value.atoms(sp.KroneckerDelta))
    probability, same = (
        factor.of,
        factor.of.xreplace(dict(zip(indices_of(factor.of), indices_of(factor.wrt), strict=True))),
    )
    yield (
        "others_forgotten",
        "Each probability depends on all scores: the slope of the softmax counts its own alone.",
        deltas * probability * (1 - probability),
    )
    yield (
        "slope_missing",
        "A link of the chain is missing: how does the softmax change with its scores?",
        deltas,
    )
    yield "softmax_for_slope", "The softmax is used in place of its slope.", deltas * probability
    yield (
        "own_part_missing",
        "In the slope of the softmax a probability's own score has a second part, which is missing.",
        -probability * same,
    )
