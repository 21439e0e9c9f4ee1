"""What can be wrong with how an exercise is declared: found before anyone is graded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from autograder.homework import Probe
from autograder.judging.misconception import Misconception
from autograder.judging.trial import Task
from autograder.rules.values.declared import Declared
from autograder.rules.values.separation import results, undistinguished

# More are drawn by the audit.
_DRAWS = 1


def problems(rule: Declared, task: Task) -> Iterator[str]:
    """Each fault as a sentence that says what to do.

    Parameters
    ----------
    rule
        Its probes and misconceptions are tried.
    task
        The exercise that holds the rule; its worked example is tried.
    """
    yield from _worked_example(rule, task)
    found = list(_probes(rule))
    yield from found
    if not found:
        yield from _misconceptions(rule)


def _worked_example(rule: Declared, task: Task) -> Iterator[str]:
    reference = rule.reference
    asked, given = ", ".join(reference.parameters), len(task.example)
    if not given:
        yield f"its worked example is missing: add example=({asked})"
    elif not len(reference.required) <= given <= len(reference.parameters):
        yield f"its worked example has {given} arguments: give those of ({asked})"
    elif why := _unusable(rule, task.example):
        yield f"its worked example does not fit ({asked}): {why}"


def _probes(rule: Declared) -> Iterator[str]:
    """Probes that cannot be drawn, or that the reference cannot be called with."""
    if not rule.probes:
        yield "it has no probes: give some, such as probes=probes.regression()"
    for probe in (*rule.probes, *rule.edges):
        why = _undrawn(rule, probe)
        if why:
            yield f"the probe {probe.name!r} cannot be used: {why}"
    for probe in rule.refused:
        try:
            probe.draw(np.random.default_rng(0))
        except Exception as error:
            yield f"the probe {probe.name!r} cannot be drawn: {_said(error)}"


def _undrawn(rule: Declared, probe: Probe) -> str:
    for seed in range(_DRAWS):
        try:
            drawn = probe.draw(np.random.default_rng(seed))
        except Exception as error:
            return f"drawing it raises {_said(error)}"
        if not isinstance(drawn, tuple):
            return f"it draws a {type(drawn).__name__}; expected a tuple of arguments"
        if why := _unusable(rule, drawn):
            return why
    return ""


def _unusable(rule: Declared, arguments: Sequence[Any]) -> str:
    """Why the reference gives nothing to compare with for these arguments; empty where it does."""
    try:
        with np.errstate(all="ignore"):
            values, scales = results(rule, rule.reference, arguments), rule.reference.scale(*arguments)
    except Exception as error:
        return f"the reference raises {_said(error)}"
    if not all(np.isfinite(value).all() for value in (*values, *_numbers((*arguments, *scales)))):
        return "there is nan or infinity in it, or in what the reference gives"
    return ""


def _numbers(values: Sequence[Any]) -> list[np.ndarray]:
    return [array for value in values if (array := np.asarray(value)).dtype.kind in "fiub"]


def _misconceptions(rule: Declared) -> Iterator[str]:
    """Own misconceptions that cannot be called, have another shape, or are right on some student's inputs."""
    known: set[str] = set()
    for own in rule.misconceptions:
        if own.name in known:
            yield f"its misconception {own.name!r} is declared twice: give each a name of its own"
        known.add(own.name)
        if not own.sentence.strip():
            yield f"its misconception {own.name!r} has no sentence: say what students read"
    useless = [(own, why) for own in rule.misconceptions if (why := _uncallable(rule, own))]
    for own, why in useless:
        yield f"its misconception {own.name!r} {why}"
    if not useless:
        yield from undistinguished(rule, 1)
    yield from _special(rule)


def _special(rule: Declared) -> Iterator[str]:
    """Misconceptions about special inputs that cannot be called, or are right on all of them."""
    random = np.random.default_rng(0)
    drawn = [probe.draw(random) for probe in (*rule.probes, *rule.edges, *rule.again)]
    shown: dict[str, bool] = {}
    for own in rule.special:
        try:
            with np.errstate(all="ignore"):
                different = any(_differs(rule, own, arguments) for arguments in drawn)
        except Exception as error:
            yield f"its special misconception {own.name!r} cannot be called: it raises {_said(error)}"
            return
        shown[own.name] = shown.get(own.name, False) or different
    for name, different in shown.items():
        if not different:
            yield f"its special misconception {name!r} is right on all inputs: add one to edges or again"


def _differs(rule: Declared, own: Misconception, arguments: Sequence[Any]) -> bool:
    pairs = zip(results(rule, own, arguments), results(rule, rule.reference, arguments), strict=True)
    return any(one.shape != two.shape or not np.allclose(one, two, 1e-7, 0, True) for one, two in pairs)


def _uncallable(rule: Declared, own: Misconception) -> str:
    if own.function is None:
        return "has no function: give one that takes the exercise's arguments"
    for seed in range(_DRAWS):
        random = np.random.default_rng(seed)
        for probe in rule.probes:
            arguments = probe.draw(random)
            right = results(rule, rule.reference, arguments)
            try:
                with np.errstate(all="ignore"):
                    wrong = results(rule, own, arguments)
            except Exception as error:
                return f"cannot be called on the probe {probe.name!r}: it raises {_said(error)}"
            shapes = [value.shape for value in wrong], [value.shape for value in right]
            if shapes[0] != shapes[1]:
                return (
                    f"returns shapes {_told(shapes[0])} on the probe {probe.name!r}: "
                    f"expected {_told(shapes[1])}"
                )
    return ""


def _told(shapes: Sequence[tuple[int, ...]]) -> str:
    return " and ".join(map(str, shapes))


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {error}".rstrip(".: ")
