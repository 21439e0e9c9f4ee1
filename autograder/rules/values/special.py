"""What is wrong on special inputs alone: a mistake that is right on all ordinary ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from autograder.judging.misconception import Misconception
from autograder.judging.trial import Trial
from autograder.rules.values import bounds, general
from autograder.rules.values.compared import Answered, compared_call, components_of
from autograder.rules.values.declared import Declared
from autograder.rules.values.evidence import Evidence, Observed
from autograder.sandbox.host import Raised

_WHOLE = Misconception(
    "whole_numbers_kept",
    "Digits are cut off: integers cannot hold them. Look for `//`, for `int`, and for arrays that are made "
    "like one of integers, as by `np.zeros_like`.",
)
REFUSED = Misconception(
    "refused", "It raises a ValueError where there is a value: which inputs have no value?"
)
NOT_REFUSED = Misconception("not_refused", "Check for it, and raise the ValueError yourself.")


def name_of(
    rule: Declared, component: int, ordinary: Sequence[Evidence], edges: Sequence[Evidence]
) -> Misconception | None:
    """The one mistake that explains what came back on special inputs, and is right on ordinary ones.

    Parameters
    ----------
    rule
        Gives what is right, and the misconceptions about special inputs.
    component
        Its position, from 0.
    ordinary, edges
        The component on ordinary probes, and on special and fresh inputs.
    """
    everything = [*ordinary, *edges]
    with np.errstate(all="ignore"):
        own = {known.name: known for known in rule.special if explains(rule, known, component, everything)}
        if own:
            return next(iter(own.values())) if len(own) == 1 else None
        return next(_in_general(rule, component, ordinary, edges), None)


def explains(
    rule: Declared,
    known: Misconception,
    component: int,
    evidence: Sequence[Evidence],
    *,
    where_finite: bool = False,
) -> bool:
    """Whether a misconception's function gives what came back for a component; if asked so, wherever it gives
    numbers: a formula in few lines may overflow on stretched inputs where the student's does not.

    Parameters
    ----------
    rule
        Its reference says how many components there are.
    known
        The misconception; it has a function.
    component
        Its position, from 0.
    evidence
        What came back for the component, input by input.
    where_finite
        Whether inputs for which the function gives NaN or infinity are left out.
    """
    for each in evidence:
        with np.errstate(all="ignore"):
            value = components_of(rule.reference, known(*each.arguments))[component]
        part = np.asarray(value, float)
        if where_finite and not np.isfinite(part).all():
            continue
        if part.shape != each.right.shape or not Observed((each,)).fits(np.ravel(part)):
            return False
    return True


def _in_general(
    rule: Declared, component: int, ordinary: Sequence[Evidence], edges: Sequence[Evidence]
) -> Iterator[Misconception]:
    seen = Observed([*ordinary, *edges])
    whole = [each for each in edges if any(np.asarray(a).dtype.kind == "i" for a in each.arguments)]
    wrong = [each for each in whole if not _is_right([each])]
    cut = [Evidence(e.arguments, e.got, np.trunc(e.right), e.scale, e.n, e.d) for e in wrong]
    others = [each for each in seen.evidence if not any(each is one for one in whole)]
    if any(map(_is_right, ([each] for each in cut))) and _is_right(others):
        yield _WHOLE
    yield from bounds.of_result(seen)
    for simulation in general.of_arguments(rule.reference, component):
        if seen.explained_by(simulation):
            yield simulation.misconception


def _is_right(evidence: Sequence[Evidence]) -> bool:
    seen = Observed(evidence)
    return bool(seen.fits(seen.right))


def is_of_integers(rule: Declared, each: Answered, component: int, trial: Trial) -> bool:
    """Whether a special input with integers is wrong for that reason: with floats it would be right.

    Parameters
    ----------
    rule
        Gives what is right.
    each
        The special input, on which the component is wrong.
    component
        Its position, from 0.
    trial
        The student to ask with floats.

    Returns
    -------
    bool
        True, too, where no argument is an array of integers: then nothing is asked.
    """
    changed = tuple(_as_float(value) for value in each.arguments)
    if all(one is other for one, other in zip(changed, each.arguments, strict=True)):
        return True
    (outcome,) = trial.ask(changed)
    return compared_call(each.name, changed, outcome, rule.reference).holds(component)


def _as_float(value: Any) -> Any:
    if isinstance(value, np.ndarray) and value.dtype.kind == "i":
        return value.astype(float)
    return value


def of_raised(outcome: Raised) -> Misconception | None:
    """A special input was refused."""
    return REFUSED if outcome.kinds[0] == "ValueError" else None
