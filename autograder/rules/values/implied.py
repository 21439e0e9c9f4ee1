"""Special inputs that follow from what the arguments are: no rubric needs to name them.

Any number may be whole while others are not, zero, tiny or huge; entries may have one sign, or be in order;
sizes may be equal, one, or large. Which of that makes sense for a formula the formula says: an input is left
out where it has no value there, or jumps.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import combinations, product
from typing import Any

import numpy as np

from autograder.homework import Probe
from autograder.judging.arranged import ARRANGED, IN_ORDER
from autograder.rules.values.axes import in_order
from autograder.rules.values.compared import AllExpected, Expected
from autograder.rules.values.declared import Declared
from autograder.rules.values.domains import kinds, of_sizes
from autograder.rules.values.probes import sized
from autograder.rules.values.sensible import FAR, Arguments, arguments_of, is_usable

# Sizes: all the same; one; and so many rows that whoever calls itself for each of them gets no further.
_SAME, _MANY, _FEW = 3, 1500, 2
# Shapes of what may have any.
_COLUMN, _SQUARE = (_SAME, 1), (_SAME, _SAME)
# Times which ordinary numbers are tiny or huge. What stands for zero where floats are compared is smaller.
_TINY, _HUGE = 1e-7, 1e6

_Change = Callable[[list[Any]], None]


@lru_cache(maxsize=64)
def implied(rule: Declared) -> tuple[Probe, ...]:
    """Special inputs of a formula that SymPy knows; none for what else is declared.

    They are the same for all students, so that what is right is computed once.
    """
    if not getattr(rule.reference, "axes", ()):
        return ()
    about = arguments_of(rule)
    candidates = (
        *(*_mixed(rule, about), *_zeros(rule, about), *_sizes(rule, about)),
        *(*_arranged(rule, about), *_of_numpy(rule, about)),
    )
    return (
        *(probe for probe in candidates if is_usable(rule, probe)),
        *(probe for probe in _extremes(rule, about) if is_usable(rule, probe, FAR)),
    )


@lru_cache(maxsize=64)
def expected(rule: Declared) -> AllExpected:
    """What is right on each of them."""
    random = np.random.default_rng(0)
    with np.errstate(all="ignore"):
        calls = [Expected.of(probe.name, probe.draw(random), rule.reference) for probe in implied(rule)]
    return AllExpected(tuple(calls))


def _changed(rule: Declared, name: str, change: _Change, source: Probe | None = None) -> Probe:
    """An ordinary probe, the first where none is given, that is changed."""
    drawn_by = source or rule.probes[0]

    def draw(random: np.random.Generator) -> tuple[Any, ...]:
        drawn = drawn_by.draw(random)
        arguments = [value.copy() if isinstance(value, np.ndarray) else value for value in drawn]
        change(arguments)
        return tuple(arguments)

    return Probe(name, draw)


# ------------------------------------------------------------------------------- integers among floats


def _mixed(rule: Declared, about: Arguments) -> Iterator[Probe]:
    def of_integers(places: tuple[int, ...]) -> Probe:
        def change(arguments: list[Any]) -> None:
            for place in places:
                arguments[place] = _whole(arguments[place], place in about.labels, place in about.signed)

        return _changed(rule, f"integers in {about.listed(places)}, and floats elsewhere", change)

    may_be_whole = tuple(place for place in about.floats if is_usable(rule, of_integers((place,))))
    others = len(about.floats) > len(may_be_whole)
    yield from map(of_integers, _some_of(may_be_whole, others))


def _some_of(places: tuple[int, ...], others: bool) -> list[tuple[int, ...]]:
    """Parts of the places, and all where there are others beside: each place is in a part without any one of
    the others (of few: without any two)."""
    if len(places) <= 3:
        sizes = range(1, len(places) + others)
        return [part for size in sizes for part in combinations(places, size)]
    if len(places) == 4:
        return list(combinations(places, 2))
    bits = range((len(places) - 1).bit_length())
    return [
        tuple(place for k, place in enumerate(places) if (k >> bit & 1) == wanted)
        for bit in bits
        for wanted in (0, 1)
    ]


def _whole(value: Any, is_label: bool, is_signed: bool) -> Any:
    """Whole numbers near a value, none of them zero but for labels."""
    array = np.asarray(value)
    if not is_label:
        size = np.maximum(1, np.rint(2 * np.abs(array)) if is_signed else np.ceil(array))
        array = np.copysign(size, array)
    return array.astype(np.int64) if array.ndim else int(array)


# ---------------------------------------------------------------------------------------------- zeros


def _zeros(rule: Declared, about: Arguments) -> Iterator[Probe]:
    drawn = rule.probes[0].draw(np.random.default_rng(0))
    vectors = [place for place in about.signed if np.ndim(drawn[place]) == 1 and np.size(drawn[place]) > 1]
    if vectors:
        for name, made in _VECTORS.items():

            def change(arguments: list[Any], made: Callable[[np.ndarray], np.ndarray] = made) -> None:
                for place in vectors:
                    arguments[place] = made(arguments[place])

            yield _changed(rule, name.format(about.listed(vectors)), change)
    for place in (*about.signed, *(() if rule.refused else about.rates)):

        def vanish(arguments: list[Any], place: int = place) -> None:
            arguments[place] = 0.0 * arguments[place]

        yield _changed(rule, f"{about.names[place]} = 0", vanish)


def _one_number(vector: np.ndarray) -> np.ndarray:
    vector[1:] = 0.0
    return vector


def _no_sum(vector: np.ndarray) -> np.ndarray:
    """Halves, so that the sum is exactly 0."""
    halves = np.copysign(np.maximum(1, np.rint(2 * np.abs(vector))), vector) / 2
    halves[-1] = -halves[:-1].sum() or 1.0
    return halves


def _equal(vector: np.ndarray) -> np.ndarray:
    return np.full_like(vector, vector[0])


_VECTORS = {
    "one number in {} that is not zero": _one_number,
    "numbers in {} that add up to 0": _no_sum,
    "equal numbers in {}": _equal,
}


# ---------------------------------------------------------------------------------- signs and orders


def _arranged(rule: Declared, about: Arguments) -> Iterator[Probe]:
    """Entries of one sign, in ascending order, and with a zero among them."""
    sources = [rule.probes[0]] if in_order(rule.reference) else [rule.probes[0], _shaped(rule, _SQUARE)]
    for source, (name, made) in product(sources, ARRANGED.items()):
        drawn = source.draw(np.random.default_rng(0))
        # matrices of labels or shares hold together row by row: their order stays
        arrays = tuple(
            place
            for place in about.floats
            if np.size(drawn[place]) > 1 and (place in about.signed or np.ndim(drawn[place]) == 1)
        )
        places = (arrays or about.signed) if name == IN_ORDER else about.signed

        def change(
            arguments: list[Any], places: tuple[int, ...] = places, made: Callable[[Any], Any] = made
        ) -> None:
            for place in {*places, *about.signed}:
                arguments[place] = made(arguments[place])

        if places:
            yield _changed(rule, f"{name} in {about.listed(places)}", change, source)


def _shaped(rule: Declared, shape: tuple[int, ...]) -> Probe:
    """A probe of arrays for what takes numbers and arrays alike."""

    def draw(random: np.random.Generator) -> tuple[Any, ...]:
        return tuple(kind.draw(shape if kind.arrays else (), random) for kind in kinds(rule))

    return Probe(f"arrays of shape {shape}", draw)


def _of_numpy(rule: Declared, about: Arguments) -> Iterator[Probe]:
    """Numbers as NumPy's own functions return them."""
    drawn = rule.probes[0].draw(np.random.default_rng(0))
    numbers = tuple(place for place in about.floats if isinstance(drawn[place], float))

    def change(arguments: list[Any]) -> None:
        for place in numbers:
            arguments[place] = np.float64(arguments[place])

    if numbers:
        yield _changed(rule, f"NumPy's numbers for {about.listed(numbers)}", change)


# ---------------------------------------------------------------------------------------------- sizes


def _sizes(rule: Declared, about: Arguments) -> Iterator[Probe]:
    indices = in_order(rule.reference)
    if not indices:
        yield _shaped(rule, _COLUMN)  # one entry alone may come back as a number
        return
    nouns = [(index.noun, index.plural) for index in indices]
    rows = [index for index in indices if index.order <= 0]
    for sign in (1, -1):
        yield _of(rule, sized([1] * len(indices), nouns), {index: 1 for index in indices}, about, sign)
    if len(indices) > 1:
        yield _of(rule, sized([_SAME] * len(indices), nouns), {index: _SAME for index in indices}, about)
    if rows:
        sizes = {index: _MANY if index in rows else _FEW for index in indices}
        yield _of(rule, sized([sizes[index] for index in indices], nouns), sizes, about)


def _of(rule: Declared, name: str, sizes: dict[Any, int], about: Arguments, sign: int = 0) -> Probe:
    """A probe of these sizes; with a sign the arguments that may be any number have it in turn."""

    def draw(random: np.random.Generator) -> tuple[Any, ...]:
        arguments = list(of_sizes(rule, {index.size: size for index, size in sizes.items()}, random))
        if sign:
            for k, place in enumerate(about.signed):
                arguments[place] = sign * (-1) ** k * (abs(arguments[place]) + 0.4)
        return tuple(arguments)

    return Probe(name, draw)


# ------------------------------------------------------------------------------------- tiny and huge


def _extremes(rule: Declared, about: Arguments) -> Iterator[Probe]:
    """All numbers that may have any sign, far from 1.

    No huge ones where there is an exponential, nor for a derivative: how right a difference quotient is there
    is judged elsewhere.
    """
    reference: Any = rule.reference
    moderate = reference.facts.is_derived or reference.has_exponentials
    sizes = {"tiny": _TINY} if moderate else {"tiny": _TINY, "huge": _HUGE}
    for size, factor in sizes.items() if about.signed else ():

        def change(arguments: list[Any], factor: float = factor) -> None:
            for place in about.signed:
                arguments[place] = factor * arguments[place]

        yield _changed(rule, f"{size} numbers in {about.listed(about.signed)}", change)
