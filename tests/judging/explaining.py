"""What a mistake's name claims, as numbers: a true name explains data that the judge has not used."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from autograder.rules.values import Values
from autograder.rules.values.diagnosis import mutants_of
from autograder.rules.values.general import MULTIPLES, OF_EITHER, OF_NUMBERS, OF_RESULTS, OF_VECTORS


def explains(
    name: str, rule: Values, component: int, arguments: Sequence[tuple[Any, ...]], got: Sequence[Any]
) -> bool:
    """Whether the mistake of that name gives these results of one component for these arguments."""
    flat = [np.ravel(np.asarray(each, float)) for each in got]
    if name == "constant":
        return len({tuple(np.unique(values)) for values in flat}) == 1
    if name == "always_zero" and not np.any(np.concatenate(flat)):
        return True
    right = [np.ravel(_component(rule.reference(*each), rule, component)) for each in arguments]
    if name == "other_factor":
        return _proportional(np.concatenate(flat), np.concatenate(right))
    if name.startswith("off_by_"):
        place = rule.reference.parameters.index(name.removeprefix("off_by_"))
        given = [np.ravel(each[place]) for each in arguments]
        return _proportional(np.concatenate(flat) - np.concatenate(right), np.concatenate(given))
    if name == "fixed_size":
        sizes = [
            np.full(values.size, np.size(_named(rule, each)["y"]))
            for each, values in zip(arguments, right, strict=True)
        ]
        return _proportional(np.concatenate(flat), np.concatenate(right) * np.concatenate(sizes))
    if name in EASILY_SEEN:
        others = [np.ravel(_component(rule.reference(*arguments[0]), rule, k)) for k in range(_count(rule))]
        return EASILY_SEEN[name](np.concatenate(flat), np.concatenate(right), [flat[0], *others])
    if name in PARTS:
        return _in_part(name, rule, component, arguments, flat)
    for own in rule.special:  # several of one name differ in a number
        if own.name == name:
            with np.errstate(all="ignore"):
                theirs = [np.ravel(_component(own(*each), rule, component)) for each in arguments]
            if _same(flat, theirs):
                return True
    claimed = _claimed(name, rule, component, arguments, right)
    return claimed is not None and _same(flat, claimed)


def _same(flat: Sequence[np.ndarray], claimed: Sequence[np.ndarray]) -> bool:
    return all(
        np.allclose(values, wrong, 1e-6, 1e-7 * (1 + np.abs(wrong).max()))
        for values, wrong in zip(flat, claimed, strict=True)
    )


def _claimed(
    name: str, rule: Values, component: int, arguments: Sequence[tuple[Any, ...]], right: Sequence[np.ndarray]
) -> list[np.ndarray] | None:
    """The values that the name stands for; None for a name that nobody knows."""
    if name == "always_zero":  # what a result was rounded to
        return [np.trunc(values) for values in right]
    if name in OF_RESULTS:
        with np.errstate(all="ignore"):
            return [np.ravel(OF_RESULTS[name].of(values)) for values in right]
    for prefix, share in (("given_", 0), ("added_to_", 1), ("taken_from_", -1)):
        if name.startswith(prefix) and name.removeprefix(prefix) in rule.reference.parameters:
            given = [np.ravel(_named(rule, each)[name.removeprefix(prefix)]) for each in arguments]
            return [one + share * other for one, other in zip(given, right, strict=True)]
    for place, parameter in enumerate(rule.reference.parameters):
        for table in (OF_EITHER, OF_NUMBERS, OF_VECTORS):
            what = name.removeprefix("with_").removesuffix(f"_{parameter}")
            if name == f"with_{what}_{parameter}" and what in table:
                change = table[what][1]
                changed = [[*each[:place], change(each[place]), *each[place + 1 :]] for each in arguments]
                return [np.ravel(_component(rule.reference(*each), rule, component)) for each in changed]
    own = {own.name: own for own in rule.misconceptions}
    if name in own:
        return [np.ravel(_component(own[name](*each), rule, component)) for each in arguments]
    base, _, last = name.rpartition("+")
    if last in MULTIPLES:
        wrong = _claimed(base, rule, component, arguments, right) if base else list(right)
        sizes = [_sizes(rule, each) for each in arguments]
        return wrong and [
            MULTIPLES[last].of(*size) * values for size, values in zip(sizes, wrong, strict=True)
        ]
    made = mutants_of(rule, component, pairs=bool(base))
    names = [mutant.name for mutant in made.mutants] if made else []
    if made is None or name not in names:
        return None
    return [made.fingerprints([each])[names.index(name)] for each in arguments]


def _count(rule: Values) -> int:
    return len(rule.reference.components)


def _nearly(got: np.ndarray, right: np.ndarray, _: Any) -> bool:
    return np.allclose(got, right, 3e-3, 3e-3 * np.abs(right).max())


def _cut_off(got: np.ndarray, right: np.ndarray, _: Any) -> bool:
    return np.allclose(got, np.clip(right, got.min(), got.max()), 1e-7, 1e-9)


# What needs no numbers of its own: values that came back, right ones, and those of one component beside all.
EASILY_SEEN = {
    **dict.fromkeys(("few_digits", "single_precision", "half_precision", "difference_quotient"), _nearly),
    **dict.fromkeys(("cut_off", "cut_off_below", "cut_off_above"), _cut_off),
    "only_zeros_and_ones": lambda got, right, _: set(got) == {0.0, 1.0},
    "small_taken_for_zero": lambda got, right, _: np.allclose(got * (got - right), 0.0),
    "length_cut_off": lambda got, right, _: bool(np.all(np.abs(got) <= np.abs(right) * (1 + 1e-9))),
    "results_exchanged": lambda got, right, parts: any(
        one.shape == parts[0].shape and np.allclose(one, parts[0]) for one in parts[1:]
    ),
    "parameters_exchanged": lambda got, right, _: not np.allclose(got, right),
    "not_a_number": lambda got, right, _: bool(np.isnan(got).any()),
    "infinite": lambda got, right, _: bool(np.isinf(got).any()),
}

# Examples, features or elements of vectors that count.
PARTS = {
    f"{name}_{word}": which
    for word in ("example", "feature", "element")
    for name, which in {
        "first": lambda values: values[:1],
        "last": lambda values: values[-1:],
        "first_left_out": lambda values: values[1:],
        "last_left_out": lambda values: values[:-1],
        "two": lambda values: values[:2],
        "three": lambda values: values[:3],
    }.items()
}


def _in_part(
    name: str, rule: Values, component: int, arguments: Sequence[tuple[Any, ...]], got: Sequence[np.ndarray]
) -> bool:
    """Whether leaving out the same of everything gives the results, as they are or as shares of the whole."""
    along = "X" if "X" in rule.reference.parameters else ""
    plain, shared = [], []
    for each in arguments:
        cut = []
        for parameter, value in _named(rule, each).items():
            if name.endswith("example"):
                cut.append(PARTS[name](value) if parameter in ("X", "y", "y_hat") else value)
            elif parameter == along:
                cut.append(PARTS[name](value.T).T)
            else:
                cut.append(PARTS[name](value) if np.ndim(value) == 1 and parameter != "y" else value)
        plain.append(np.ravel(_component(rule.reference(*cut), rule, component)))
        shared.append(plain[-1] * len(cut[0]) / len(each[0]) if name.endswith("example") else plain[-1])
    return any(
        all(np.allclose(one, other, 1e-6, 1e-7) for one, other in zip(got, rows, strict=True))
        for rows in (plain, shared)
    )


def _named(rule: Values, arguments: tuple[Any, ...]) -> dict[str, Any]:
    return dict(zip(rule.reference.parameters, arguments, strict=False))


def _component(value: Any, rule: Values, component: int) -> Any:
    return value[component] if len(rule.reference.components) > 1 else value


def _sizes(rule: Values, arguments: tuple[Any, ...]) -> tuple[int, int]:
    named = _named(rule, arguments)
    return np.size(named.get("y", 1)), np.shape(named["X"])[1] if "X" in named else 1


def _proportional(one: np.ndarray, other: np.ndarray) -> bool:
    factor = (one @ other) / (other @ other)
    return np.allclose(one, factor * other, 1e-6, 1e-7)
