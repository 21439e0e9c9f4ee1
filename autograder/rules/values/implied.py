"""Special inputs that follow from what the arguments are: no rubric needs to name them.

Any number may be whole while others are not, zero, tiny or huge; sizes may be equal, one, or large. Which of
that makes sense for a formula the formula says: an input is left out where it has no value there, or jumps.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import Any

import numpy as np

from autograder.homework import Probe
from autograder.rules.values.axes import in_order
from autograder.rules.values.compared import Expected
from autograder.rules.values.declared import Declared
from autograder.rules.values.domains import kinds, of_sizes
from autograder.rules.values.probes import sized

# Sizes: all the same; one; and so many rows that whoever calls itself for each of them gets no further.
_SAME, _MANY, _FEW = 3, 1500, 2
# A formula jumps where a change by so little changes the value by more than that, relative to its terms.
_NUDGE, _JUMP = 1e-9, 1e-6
# Terms smaller than that leave nothing to be relative to.
_NO_TERMS = 1e-6
_SEEDS = 2
# Times which ordinary numbers are tiny or huge. What stands for zero where floats are compared is smaller.
_TINY, _HUGE = 1e-7, 1e6

_Change = Callable[[list[Any]], None]


@dataclass(frozen=True)
class _Arguments:
    """What the probes draw for each argument: which are floats, which may be any number, which are counts."""

    names: tuple[str, ...]
    floats: tuple[int, ...]
    signed: tuple[int, ...]
    labels: tuple[int, ...]

    @property
    def rates(self) -> tuple[int, ...]:
        """Floats that are never negative, and no labels."""
        return tuple(place for place in self.floats if place not in (*self.signed, *self.labels))

    def listed(self, places: Sequence[int]) -> str:
        """Their names, as in a sentence."""
        *first, last = (self.names[place] for place in places)
        return f"{', '.join(first)} and {last}" if first else last


@lru_cache(maxsize=64)
def implied(rule: Declared) -> tuple[Probe, ...]:
    """Special inputs of a formula that SymPy knows; none for what else is declared.

    They are the same for all students, so that what is right is computed once.
    """
    if not getattr(rule.reference, "axes", ()):
        return ()
    about = _about(rule)
    candidates = (*_mixed(rule, about), *_zeros(rule, about), *_sizes(rule, about))
    return (
        *(probe for probe in candidates if _is_usable(rule, probe)),
        *(probe for probe in _extremes(rule, about) if _is_usable(rule, probe, _FAR)),
    )


@lru_cache(maxsize=64)
def expected(rule: Declared) -> tuple[Expected, ...]:
    """What is right on each of them."""
    random = np.random.default_rng(0)
    with np.errstate(all="ignore"):
        return tuple(Expected.of(probe.name, probe.draw(random), rule.reference) for probe in implied(rule))


@lru_cache(maxsize=64)
def _about(rule: Declared) -> _Arguments:
    found = [(place, kind.name) for place, kind in enumerate(kinds(rule)) if kind.floats]

    def called(*names: str) -> tuple[int, ...]:
        return tuple(place for place, name in found if name in names)

    floats, labels = tuple(place for place, _ in found), called("labels", "one a row")
    return _Arguments(rule.reference.parameters, floats, called("signed"), labels)


def _changed(rule: Declared, name: str, change: _Change) -> Probe:
    """A probe of ordinary sizes that is changed."""

    def draw(random: np.random.Generator) -> tuple[Any, ...]:
        arguments = [
            value.copy() if isinstance(value, np.ndarray) else value for value in rule.probes[0].draw(random)
        ]
        change(arguments)
        return tuple(arguments)

    return Probe(name, draw)


# ------------------------------------------------------------------------------- integers among floats


def _mixed(rule: Declared, about: _Arguments) -> Iterator[Probe]:
    def of_integers(places: tuple[int, ...]) -> Probe:
        def change(arguments: list[Any]) -> None:
            for place in places:
                arguments[place] = _whole(arguments[place], place in about.labels, place in about.signed)

        return _changed(rule, f"integers in {about.listed(places)}, and floats elsewhere", change)

    may_be_whole = tuple(place for place in about.floats if _is_usable(rule, of_integers((place,))))
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


def _zeros(rule: Declared, about: _Arguments) -> Iterator[Probe]:
    drawn = rule.probes[0].draw(np.random.default_rng(0))
    vectors = [place for place in about.signed if np.ndim(drawn[place]) == 1 and np.size(drawn[place]) > 1]
    if vectors:
        for name, made in _VECTORS.items():

            def change(arguments: list[Any], made: Callable[[np.ndarray, int], np.ndarray] = made) -> None:
                for k, place in enumerate(vectors):
                    arguments[place] = made(arguments[place], k)

            yield _changed(rule, name.format(about.listed(vectors)), change)
    for place in (*about.signed, *(() if rule.refused else about.rates)):

        def vanish(arguments: list[Any], place: int = place) -> None:
            arguments[place] = 0.0 * arguments[place]

        yield _changed(rule, f"{about.names[place]} = 0", vanish)


def _one_zero(vector: np.ndarray, k: int) -> np.ndarray:
    vector[k % len(vector)] = 0.0
    return vector


def _one_number(vector: np.ndarray, _: int) -> np.ndarray:
    vector[1:] = 0.0
    return vector


def _no_sum(vector: np.ndarray, _: int) -> np.ndarray:
    """Halves, so that the sum is exactly 0."""
    halves = np.copysign(np.maximum(1, np.rint(2 * np.abs(vector))), vector) / 2
    halves[-1] = -halves[:-1].sum() or 1.0
    return halves


def _equal(vector: np.ndarray, _: int) -> np.ndarray:
    return np.full_like(vector, vector[0])


_VECTORS = {
    "a zero in {}": _one_zero,
    "one number in {} that is not zero": _one_number,
    "numbers in {} that add up to 0": _no_sum,
    "equal numbers in {}": _equal,
}


# ---------------------------------------------------------------------------------------------- sizes


def _sizes(rule: Declared, about: _Arguments) -> Iterator[Probe]:
    indices = in_order(rule.reference)
    if not indices:
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


def _of(rule: Declared, name: str, sizes: dict[Any, int], about: _Arguments, sign: int = 0) -> Probe:
    """A probe of these sizes; with a sign the arguments that may be any number have it in turn."""

    def draw(random: np.random.Generator) -> tuple[Any, ...]:
        arguments = list(of_sizes(rule, {index.size: size for index, size in sizes.items()}, random))
        if sign:
            for k, place in enumerate(about.signed):
                arguments[place] = sign * (-1) ** k * (abs(arguments[place]) + 0.4)
        return tuple(arguments)

    return Probe(name, draw)


# ------------------------------------------------------------------------------------- tiny and huge


def _extremes(rule: Declared, about: _Arguments) -> Iterator[Probe]:
    """All numbers that may have any sign, far from 1.

    No huge ones where there is an exponential, nor for a derivative: how right a difference quotient is there
    is judged elsewhere.
    """
    reference: Any = rule.reference
    moderate = reference.has_exponentials or reference.derivations
    sizes = {"tiny": _TINY} if moderate else {"tiny": _TINY, "huge": _HUGE}
    for size, factor in sizes.items() if about.signed else ():

        def change(arguments: list[Any], factor: float = factor) -> None:
            for place in about.signed:
                arguments[place] = factor * arguments[place]

        yield _changed(rule, f"{size} numbers in {about.listed(about.signed)}", change)


# ------------------------------------------------------------------------------------ what makes sense


def _moved(rule: Declared, arguments: tuple[Any, ...], by: float) -> tuple[Any, ...]:
    """The same as floats, a little away; numbers that are never negative stay so, and counts as they are."""
    signed = _about(rule).signed
    return _as_floats(rule, arguments, lambda place, array: array + (by if place in signed else abs(by)))


def _stretched(rule: Declared, arguments: tuple[Any, ...], by: float) -> tuple[Any, ...]:
    """The same, a little larger or smaller."""
    return _as_floats(rule, arguments, lambda _, array: array * (1 + by))


def _as_floats(
    rule: Declared, arguments: tuple[Any, ...], changed: Callable[[int, np.ndarray], np.ndarray]
) -> tuple[Any, ...]:
    made = list(arguments)
    for place in _about(rule).floats:
        array = changed(place, np.asarray(arguments[place], float))
        made[place] = array if array.ndim else float(array)
    return tuple(made)


@dataclass(frozen=True)
class _Near:
    """What near means: how arguments are moved, the least scale, and the least one that a jump is held to."""

    move: Callable[[Declared, tuple[Any, ...], float], tuple[Any, ...]]
    least: float
    floor: float


_USUAL = _Near(_moved, _NO_TERMS, 1.0)
_FAR = _Near(_stretched, 0.0, 0.0)  # everything is relative there


def _is_usable(rule: Declared, probe: Probe, near: _Near = _USUAL) -> bool:
    """Whether the formula has a value on what is drawn, and near it, and it does not jump there."""
    with np.errstate(all="ignore"):
        drawn = [probe.draw(np.random.default_rng(seed)) for seed in range(_SEEDS)]
        return all(_is_smooth(rule, arguments, near) for arguments in drawn)


def _is_smooth(rule: Declared, arguments: tuple[Any, ...], near: _Near) -> bool:
    try:
        value, scales = _values(rule, arguments), rule.reference.scale(*arguments)
        others = [_values(rule, near.move(rule, arguments, by)) for by in (0.0, _NUDGE, -_NUDGE)]
    except (ArithmeticError, TypeError, ValueError):
        return False
    for k, scale in enumerate(scales):
        vanishes = scale == 0 == np.abs(value[k]).max()
        if not np.isfinite(value[k]).all() or not (scale > near.least or vanishes):
            return False
        if not all(_is_near(other[k], value[k], _JUMP * max(scale, near.floor)) for other in others):
            return False
    return True


def _is_near(one: np.ndarray, other: np.ndarray, by: float) -> bool:
    return one.shape == other.shape and bool((np.abs(one - other) <= by).all())


def _values(rule: Declared, arguments: tuple[Any, ...]) -> list[np.ndarray]:
    value = rule.reference(*arguments)
    several = value if len(rule.reference.components) > 1 else (value,)
    return [np.asarray(part, float) for part in several]
