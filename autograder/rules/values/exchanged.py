"""A right function that takes its arguments in another order, or returns its results in another one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, permutations
from typing import Any

import numpy as np

from autograder.judging.comparison import agree, take_apart
from autograder.judging.misconception import Misconception
from autograder.judging.trial import Trial
from autograder.rules.values.compared import Answered, compared_call
from autograder.rules.values.declared import Declared
from autograder.sandbox.host import Fault, Returned

# Of so few arguments all orders are tried; of more, two that have changed places, or two blocks.
_ALL_ORDERS = 4


def parameters(rule: Declared, compared: Sequence[Answered], trial: Trial) -> Misconception | None:
    """The one other order of arguments in which it is right on the first and the last probe, if any.

    Parameters
    ----------
    rule
        Gives what is right, and the names of the arguments.
    compared
        The outcomes of all ordinary probes, at least one.
    trial
        The student to ask with arguments in another order.
    """
    names = rule.reference.parameters
    count = len(rule.reference.required)
    orders = [order for order in dict.fromkeys(_orders(count)) if _matters(rule, compared[0], order)]
    if count < 2 or not orders:
        return None
    found = orders
    for each in (compared[0], compared[-1]):
        asked = [tuple(_reordered(each.arguments, order)) for order in found]
        outcomes = trial.ask(*asked)
        if any(isinstance(outcome, Fault) for outcome in outcomes):
            return None
        found = [
            order
            for order, outcome in zip(found, outcomes, strict=True)
            if _is_right(rule, compared_call(each.name, each.arguments, outcome, rule.reference))
        ]
        if not found:
            return None
    if len(found) > 1:
        return None
    called = ", ".join(_reordered(names[:count], found[0]))
    return Misconception(
        "parameters_exchanged",
        f"It is right when it is called with ({called}): the order of the arguments is "
        f"({', '.join(names[:count])}).",
    )


def _matters(rule: Declared, each: Answered, order: Sequence[int]) -> bool:
    """Whether the formula itself gives something else in this order: where it does not, as in a product, who
    is right in the one is right in the other for another reason."""
    try:
        with np.errstate(all="ignore"):
            value = rule.reference(*_reordered(each.arguments, order))
    except (ArithmeticError, TypeError, ValueError):
        return True
    return not _is_right(rule, compared_call(each.name, each.arguments, Returned(value), rule.reference))


def _is_right(rule: Declared, each: Answered) -> bool:
    return all(each.holds(k) for k in range(len(rule.reference.components)))


def _reordered(values: Sequence[Any], order: Sequence[int]) -> list[Any]:
    """The values in another order; those after them stay in their places."""
    return [*(values[place] for place in order), *values[len(order) :]]


def _orders(count: int) -> Iterator[tuple[int, ...]]:
    places = tuple(range(count))
    if count <= _ALL_ORDERS:
        yield from permutations(places)
        return
    for one, other in combinations(places, 2):
        order = list(places)
        order[one], order[other] = other, one
        yield tuple(order)
    for start, middle, end in combinations(range(count + 1), 3):
        yield (*places[:start], *places[middle:end], *places[start:middle], *places[end:])


def results(rule: Declared, compared: Sequence[Answered]) -> Misconception | None:
    """The other order of results in which they are right on every probe, if there is one.

    Parameters
    ----------
    rule
        Names the results.
    compared
        The outcomes of all ordinary probes.
    """
    names = rule.reference.components
    if len(names) < 2:
        return None
    for order in permutations(range(len(names))):
        if list(order) != sorted(order) and all(_turned(each, order, names) for each in compared):
            came = ", ".join(names[place] for place in order)
            return Misconception("results_exchanged", f"It returns ({came}); expected ({', '.join(names)}).")
    return None


def _turned(each: Answered, order: Sequence[int], names: Sequence[str]) -> bool:
    value = each.outcome.value if isinstance(each.outcome, Returned) else None
    if not isinstance(value, tuple | list) or len(value) != len(names):
        return False
    for item, place in zip(value, order, strict=True):
        expected = each.expected[place]
        (part,) = take_apart(item, (expected,), (names[place],))
        if part.form or not agree(part, np.asarray(expected, float), each.scales[place]):
            return False
    return True
