"""Misconceptions that any function can show: a factor, something done to a right result, a part left out."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from autograder.judging.misconception import Misconception
from autograder.judging.reference import Reference
from autograder.judging.sentences import sentence
from autograder.rules.values import sentences as s
from autograder.rules.values.axes import Axes, axes_of
from autograder.rules.values.evidence import Evidence, Simulation


@dataclass(frozen=True)
class Multiple:
    """By how much a result can be off as a whole: a function of n examples and d features, which `Axes.told`
    puts into the sentence.

    ``rare`` ones are thought of only where no other mistake fits; ``of_sizes`` says which of n and d the
    inputs must have to tell it from a number.
    """

    sentence: str
    of: Callable[[float, float], float]
    rare: bool = False
    of_sizes: str = ""


# Misconceptions about any formula.
MULTIPLES: Mapping[str, Multiple] = {
    "sign": Multiple(s.SIGN, lambda n, d: -1.0),
    "factor_2": Multiple(s.TWICE, lambda n, d: 2.0),
    "factor_half": Multiple(s.HALF, lambda n, d: 0.5),
    "summed": Multiple(s.SUMMED, lambda n, d: n, of_sizes="n"),
    "averaged_twice": Multiple(
        s.AVERAGED_TWICE,
        lambda n, d: 1 / n,
        of_sizes="n",
    ),
    "sign_factor_2": Multiple(sentence(s.SIGN_TWICE), lambda n, d: -2.0),
    "sign_factor_half": Multiple(sentence(s.SIGN_HALF), lambda n, d: -0.5),
    "factor_4": Multiple("It is four times what it should be.", lambda n, d: 4.0, rare=True),
    "factor_quarter": Multiple("It is a quarter of what it should be.", lambda n, d: 0.25, rare=True),
    "sign_summed": Multiple(
        "It is {n} times as large, for {n} {examples}, and has the opposite sign.", lambda n, d: -n, True, "n"
    ),
    "summed_factor_2": Multiple(s.SUMMED_TWICE, lambda n, d: 2 * n, True, "n"),
    "n_minus_1": Multiple(
        "It is divided by {n} − 1, for {n} {examples}: that is for estimating a variance.",
        lambda n, d: n / (n - 1),
        True,
        "n",
    ),
    "multiplied_by_n": Multiple(
        "It is {n}² times what it should be, for {n} {examples}: "
        "multiplied by {n} where it should be divided?",
        lambda n, d: n * n,
        True,
        "n",
    ),
    "over_features": Multiple(
        s.OVER_FEATURES,
        lambda n, d: n / d,
        True,
        "nd",
    ),
    "over_all_numbers": Multiple(s.OVER_ENTRIES, lambda n, d: 1 / d, True, "nd"),
    "root_n": Multiple("It is divided by √{n}, for {n} {examples}.", lambda n, d: math.sqrt(n), True, "n"),
}


@dataclass(frozen=True)
class OfResult:
    """Something that is done to a right result. ``of_vectors`` where it takes more than a number."""

    sentence: str
    of: Callable[[np.ndarray], np.ndarray]
    of_vectors: bool = False


def _everywhere(number: Callable[[np.ndarray], Any]) -> Callable[[np.ndarray], np.ndarray]:
    return lambda right: np.full_like(right, number(right))


def _kept(where: int) -> Callable[[np.ndarray], np.ndarray]:
    def alone(right: np.ndarray) -> np.ndarray:
        result = np.zeros_like(right)
        result[where] = right[where]
        return result

    return alone


def _rounded(digits: int) -> Callable[[np.ndarray], np.ndarray]:
    return lambda right: np.round(right, digits)


OF_RESULTS: Mapping[str, OfResult] = {
    "absolute": OfResult("Its sign is lost: it is the absolute value.", np.abs),
    "signs_alone": OfResult("Only its sign is left: its size counts too.", np.sign),
    "squared": OfResult("It is the square of the right result.", np.square),
    "root": OfResult("It is the square root of the right result.", lambda r: np.sqrt(np.abs(r))),
    "upside_down": OfResult("It is 1 divided by the right result.", lambda r: 1 / r),
    "floored": OfResult("It is rounded down to a whole number: keep all digits.", np.floor),
    "truncated": OfResult("Its digits after the decimal point are cut off: keep all digits.", np.trunc),
    **{
        f"rounded_{digits}": OfResult(
            f"It is rounded to {digits} digits after the decimal point: keep all digits.",
            _rounded(digits),
        )
        for digits in range(7)
    },
    "sum_everywhere": OfResult("All elements are the sum: keep them apart.", _everywhere(np.sum), True),
    "mean_everywhere": OfResult("All elements are the mean: keep them apart.", _everywhere(np.mean), True),
    "first_everywhere": OfResult(
        "All elements are equal to the first: return each one.",
        _everywhere(lambda r: r.flat[0]),
        True,
    ),
    "largest_everywhere": OfResult("All elements are the largest one.", _everywhere(np.max), True),
    "length_everywhere": OfResult(
        "All elements are the length of the right vector.", _everywhere(np.linalg.norm), True
    ),
    "backwards": OfResult("Its elements are in the opposite order.", lambda r: r[::-1], True),
    "sorted": OfResult("Its elements are sorted: keep their order.", partial(np.sort, axis=0), True),
    "added_up_on_the_way": OfResult(
        "Every element also contains the sum of the elements before it.", partial(np.cumsum, axis=0), True
    ),
    "first_alone": OfResult("All elements but the first are 0.", _kept(0), True),
    "last_alone": OfResult("All elements but the last are 0.", _kept(-1), True),
    "of_unit_length": OfResult(
        "It is divided by its length: only its direction is left.", lambda r: r / np.linalg.norm(r), True
    ),
}

# Which of the examples, or of the elements of vectors, are used.
_PARTS = {
    "first": (slice(0, 1), "only the first {0} is used"),
    "last": (slice(-1, None), "only the last {0} is used"),
    "first_left_out": (slice(1, None), "the first {0} is not used"),
    "last_left_out": (slice(0, -1), "the last {0} is not used"),
    "two": (slice(0, 2), "only two {1} are used, however many there are"),
    "three": (slice(0, 3), "only three {1} are used, however many there are"),
}


def of_results(reference: Reference) -> Iterator[Simulation]:
    """Something that is done to a right result, or an argument that comes instead of it or with it."""
    for name, done in OF_RESULTS.items():
        yield Simulation(Misconception(name, done.sentence), partial(_done, done))
    for place, name in enumerate(reference.parameters):
        for misconception, share, sign in (
            (Misconception(f"given_{name}", s.as_given(name)), 0, 1),
            (Misconception(f"added_to_{name}", f"It is the right result plus `{name}`."), 1, 1),
            (Misconception(f"taken_from_{name}", f"It is `{name}` minus the right result."), 1, -1),
        ):
            yield Simulation(misconception, partial(_beside, place, share * sign))


def _done(done: OfResult, _arguments: Sequence[Any], right: np.ndarray) -> np.ndarray | None:
    return done.of(right) if right.ndim or not done.of_vectors else None


def _beside(place: int, share: int, arguments: Sequence[Any], right: np.ndarray) -> np.ndarray | None:
    if place >= len(arguments) or np.shape(arguments[place]) != right.shape:
        return None
    return np.asarray(arguments[place], float) + share * right


def in_part(reference: Reference, component: int) -> Iterator[Simulation]:
    """The result for some of the examples, or of the elements of vectors, alone; also divided by the number
    of all.

    Parameters
    ----------
    reference
        What is right; one without axes has no parts.
    component
        Its position, from 0.
    """
    arguments: Any = getattr(reference, "axes", ())
    found = axes_of(reference, component)
    for index, noun in (
        (found.examples, ""),
        (found.features, "" if _has_examples(arguments) else "element"),
    ):
        if index is None or str(index) in reference.result_axes[component]:  # type: ignore[attr-defined]
            continue
        places = [axes.index(index) if index in axes else None for axes in arguments]
        one, several = (noun, f"{noun}s") if noun else (index.noun, index.plural)
        for name, (which, clause) in _PARTS.items():
            sentence = f"It is the result when {clause.format(one, several)}."
            misconception = Misconception(f"{name}_{one.replace(' ', '_')}", sentence)
            for shared in (False, True) if index is found.examples else (False,):
                yield Simulation(misconception, partial(_part, reference, component, places, which, shared))


def _has_examples(arguments: Sequence[Sequence[Any]]) -> bool:
    return any(index.order <= 0 for axes in arguments for index in axes)


def _part(
    reference: Reference,
    component: int,
    places: Sequence[int | None],
    which: slice,
    shared: bool,
    arguments: Sequence[Any],
    right: np.ndarray,
) -> np.ndarray | None:
    cut = [
        value if place is None else np.asarray(value)[(slice(None),) * place + (which,)]
        for value, place in zip(arguments, places, strict=False)
    ]
    whole, left = (_length(values, places) for values in (arguments, cut))
    if not left:
        return None
    value = _component(reference, cut, component) * (left / whole if shared else 1)
    return np.broadcast_to(value, right.shape)


def _length(arguments: Sequence[Any], places: Sequence[int | None]) -> int:
    """How many there are along the axis."""
    return next(
        int(np.shape(value)[place])
        for value, place in zip(arguments, places, strict=False)
        if place is not None
    )


def _component(reference: Reference, arguments: Sequence[Any], component: int) -> np.ndarray:
    value = reference(*arguments)
    return np.asarray(value[component] if len(reference.components) > 1 else value, float)


def _always(number: float) -> Callable[[Any], float]:
    return lambda _: number


# What stands in an argument's place: for numbers, for vectors, for either.
OF_NUMBERS: Mapping[str, tuple[str, Callable[[Any], Any]]] = {
    "reciprocal_of": ("1 divided by `{0}`", lambda x: float(np.divide(1, x))),  # at 0 infinite
    "rest_of": ("1 − `{0}` in place of `{0}`", lambda x: 1 - x),
    "root_of": ("the root of `{0}`", lambda x: math.sqrt(abs(x))),
    **{
        f"{number:g}_for": (f"{number:g} in place of `{{0}}`, whatever its value is", _always(number))
        for number in (1.0, 0.1, 0.01, 0.001, 0.5, 0.9, 0.99, 0.999, 1e-7, 1e-8)
    },
}
OF_VECTORS: Mapping[str, tuple[str, Callable[[Any], Any]]] = {
    "unit_of": ("`{0}` divided by its length", lambda v: v / np.linalg.norm(v)),
    "length_of": ("the length of `{0}` in all places", lambda v: np.full_like(v, np.linalg.norm(v))),
    "mean_of": ("the mean of `{0}` in all places", lambda v: np.full_like(v, np.mean(v))),
    "sum_of": ("the sum of `{0}` in all places", lambda v: np.full_like(v, np.sum(v))),
    "share_of": ("`{0}` divided by how many elements it has", lambda v: v / len(v)),
    "first_of": ("the first element of `{0}` in all places", lambda v: np.full_like(v, v[0])),
    "largest_of": ("the largest element of `{0}` in all places", lambda v: np.full_like(v, np.max(v))),
    "steepest_of": (
        "0 for all but the largest element of `{0}`",
        lambda v: v * (np.abs(v) == np.abs(v).max()),
    ),
    "backwards": ("`{0}` in the opposite order", lambda v: v[::-1]),
    "sorted": ("`{0}` sorted", np.sort),
    "first_left_out_of": ("0 for the first element of `{0}`", lambda v: np.r_[0.0, v[1:]]),
    "last_left_out_of": ("0 for the last element of `{0}`", lambda v: np.r_[v[:-1], 0.0]),
    "first_alone_of": (
        "0 for all but the first element of `{0}`",
        lambda v: np.r_[v[:1], 0.0 * v[1:]],
    ),
    "two_signs_for": ("labels −1 and 1 in place of 0 and 1 in `{0}`", lambda v: 2 * v - 1),
    "other_labels_for": ("1 − `{0}` in place of `{0}`", lambda v: 1 - v),
}
OF_EITHER: Mapping[str, tuple[str, Callable[[Any], Any]]] = {
    "nothing_for": ("0 in place of `{0}`, so that `{0}` has no effect", lambda x: 0.0 * x),
    "minus": ("−`{0}` in place of `{0}`", lambda x: -x),
    "absolute_of": ("the absolute value of `{0}`", np.abs),
    "sign_of": ("only the sign of `{0}`", np.sign),
    "square_of": ("the square of `{0}`", np.square),
    "twice": ("twice `{0}`", lambda x: 2 * x),
    "half_of": ("half of `{0}`", lambda x: x / 2),
    "clipped": ("`{0}` clipped to −1 … 1", lambda x: np.clip(x, -1, 1)),
}


def of_arguments(reference: Reference, component: int) -> Iterator[Simulation]:
    """The right formula of another argument: a number, vector or matrix that something was done to.

    Parameters
    ----------
    reference
        What is right; it is called with changed arguments.
    component
        Its position, from 0.
    """
    for place, name in enumerate(reference.parameters):
        for table, dimensions in ((OF_EITHER, (0, 1, 2)), (OF_NUMBERS, (0,)), (OF_VECTORS, (1,))):
            for what, (phrase, change) in table.items():
                misconception = Misconception(
                    f"with_{what}_{name}", f"It is the result with {phrase.format(name)}."
                )
                yield Simulation(
                    misconception, partial(_changed, reference, component, place, change, dimensions)
                )


def _changed(
    reference: Reference,
    component: int,
    place: int,
    change: Callable[[Any], Any],
    dimensions: Sequence[int],
    arguments: Sequence[Any],
    right: np.ndarray,
) -> np.ndarray | None:
    if place >= len(arguments) or np.ndim(arguments[place]) not in dimensions:
        return None
    given = np.asarray(arguments[place], float)
    other = change(given if given.ndim else float(given))
    try:
        return _component(reference, [*arguments[:place], other, *arguments[place + 1 :]], component)
    except (ValueError, ArithmeticError):  # not defined there
        return None


def fixed_size(axes: Axes, evidence: Sequence[Evidence], got: np.ndarray) -> Misconception | None:
    """Divided by one number of examples, however many there are; None where it is not.

    Parameters
    ----------
    axes
        Give the words for the sentence.
    evidence
        One component on all inputs; it tells nothing where all have equally many examples.
    got
        All values that came back one after another, shape (size,).
    """
    if len({each.n for each in evidence}) < 2 or not all(each.n for each in evidence):
        return None
    times_n = np.concatenate([each.right.ravel() * each.n for each in evidence])
    weight = float(got @ got)
    number = float(times_n @ got) / weight if weight else 0.0
    if not 1 <= number < math.inf:
        return None
    near = np.abs(times_n - round(number) * got) <= 1e-8 * (np.abs(times_n) + np.abs(times_n).max())
    if not np.all(near):
        return None
    sentence = f"It is right only for {round(number)} {{examples}}: take their number from the arrays."
    return Misconception("fixed_size", axes.told(sentence))
