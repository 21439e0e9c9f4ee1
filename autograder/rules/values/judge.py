"""Rule `Values`: the function's results on probes, beside what the reference gives."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np

from autograder.homework import Curve
from autograder.judging.cases import NO_VALUES, drawn, failed, loss_ends, same_curve, seen_with
from autograder.judging.comparison import agree, close, describe, take_apart
from autograder.judging.misconception import Misconception
from autograder.judging.reference import Reference
from autograder.judging.sentences import NEVER_OVERFLOWS, POLITE, REMEMBERS, SILENCES, not_refused, warns
from autograder.judging.trial import (
    Asked,
    Finding,
    Judged,
    Trial,
    failure,
    judge_form,
    manners,
    not_yet,
    own,
    raises,
    sentence,
)
from autograder.report import Curves
from autograder.rules.values import special
from autograder.rules.values.compared import Answered, compare, compared_call, components_of
from autograder.rules.values.declared import Declared
from autograder.rules.values.implied import expected
from autograder.rules.values.naming import Naming, not_finite
from autograder.rules.values.quotient import MEASURED, Digits, ask_for_digits
from autograder.rules.values.sentences import SINGLE_PRECISION
from autograder.sandbox.host import Outcome, Raised, Request, Returned, prepare


def begin(rule: Declared, trial: Trial) -> Callable[[], Judged]:
    """Send all calls on their way, and return what judges their outcomes.

    Parameters
    ----------
    rule
        Gives the probes, and what is right.
    trial
        The student to ask; its generator draws the inputs.
    """
    probes = trial.send([probe.draw(trial.random) for probe in rule.probes])
    edges = trial.send([probe.draw(trial.random) for probe in (*rule.edges, *rule.refused)])
    implied = _ask_implied(rule, trial)
    digits = ask_for_digits(rule, trial) if rule.derived else None
    has_curve = rule.curve is not None and "curve" in trial.exercise.points
    again = _ask_again(probes.calls[0], rule, trial)
    points = _ask_along(rule.curve, rule.reference, trial) if rule.curve and has_curve else None
    return lambda: _judge(rule, trial, _Sent(probes, edges, implied, again, points, digits))


def _ask_implied(rule: Declared, trial: Trial) -> Asked:
    return trial.send_alike(expected(rule).sent, lambda: _request_implied(rule, trial.exercise.function))


@lru_cache(maxsize=64)
def _request_implied(rule: Declared, function: str) -> Request:
    return prepare(function, expected(rule).sent)


@dataclass(frozen=True)
class _Sent:
    """All calls that are on their way: on ordinary inputs, on declared and implied special ones, with the
    same arrays again, along the curve, and to see how many digits are right."""

    probes: Asked
    edges: Asked
    implied: Asked
    again: Asked | None
    points: Asked | None
    digits: Digits | None


def _judge(rule: Declared, trial: Trial, sent: _Sent) -> Judged:
    """Findings by check, and the outcomes on ordinary probes."""
    reference, points, digits = rule.reference, sent.points, sent.digits
    ordinary = compare(rule.probes, reference, sent.probes.calls, sent.probes.outcomes())
    naming = Naming(rule, trial, ordinary)
    findings = {
        name: _component(ordinary, k, name, trial, rule, naming)
        for k, name in enumerate(reference.components)
    }
    right = all(finding.passed for finding in findings.values())
    if right:
        outcomes, count = sent.edges.outcomes(), len(rule.edges)
        refusals = outcomes[count:]
        edges = compare(rule.edges, reference, sent.edges.calls[:count], outcomes[:count])
        known, outcomes = expected(rule), sent.implied.outcomes()
        if not (all(each.right for each in edges) and known.are(outcomes)):
            pairs = zip(known.calls, outcomes, strict=True)
            edges += [each.beside(outcome, reference) for each, outcome in pairs]
        findings["edges"] = _edges(edges, rule, trial, refusals, naming)
        if points is not None:
            points.outcomes()  # they come from this process: looking for what it remembers may need others
        findings["form"] = _form([*ordinary, *edges], rule, trial, lambda: _again(sent.again, rule, trial))
        if digits is not None and digits.are_none():
            findings |= {name: _overflows(name, digits.large_argument) for name in reference.components}
        elif digits is not None and digits.are_lost():
            findings |= {name: _measured(name) for name in reference.components}
        elif digits is not None and digits.are_wrong():
            findings |= {name: _cut_off(name, digits.large_argument) for name in reference.components}
    else:
        findings |= not_yet("edges", "form")
    if rule.curve is not None and points is not None:
        findings["curve"] = _curve(rule.curve, reference, trial, points, dead=_all_failed(ordinary))
    return findings, [each.outcome for each in ordinary]


def _overflows(name: str, argument: str) -> Finding:
    what = "the result" if name == "value" else name
    return Finding(False, f"Where the numbers in {argument} are large, {what} is NaN or infinite.")


def _cut_off(name: str, argument: str) -> Finding:
    what = "the result" if name == "value" else name
    return Finding(False, f"Where the numbers in {argument} are large, {what} is wrong: is it cut off?")


def _measured(name: str) -> Finding:
    what = "The result" if name == "value" else name
    return Finding(False, f"{what} is right to the tolerance. {MEASURED.sentence}", MEASURED.name)


def _all_failed(compared: Sequence[Answered]) -> bool:
    return not any(isinstance(each.outcome, Returned) for each in compared)


def _component(
    compared: Sequence[Answered], k: int, name: str, trial: Trial, rule: Declared, naming: Naming
) -> Finding:
    reference = rule.reference
    wrong = next((each for each in compared if not each.holds(k)), None)
    if wrong is None:
        return Finding(True, f"Right on all {len(compared)} inputs.")
    parameters = reference.parameters
    if not isinstance(wrong.outcome, Returned):
        found = failed(wrong.name, wrong.outcome)
        example = trial.stopped(parameters, wrong.arguments, wrong.outcome)
        return _with(replace(found, example=example), naming.of_order)
    part = wrong.parts[k]
    example = trial.example(parameters, wrong.arguments, wrong.outcome.value, reference(*wrong.arguments))
    what = "The result" if name == "value" else name
    if part.problem:
        return _with(Finding(False, seen_with(wrong.name, part.problem), example=example), naming.of_order)
    if part.single_precision:
        return Finding(False, seen_with(wrong.name, SINGLE_PRECISION), "single_precision", example)
    assert part.values is not None
    if not np.all(np.isfinite(part.values)):
        told = not_finite(part.values, wrong.outcome.warnings)
        return Finding(False, f"{what} {told.sentence.format(where=wrong.name)}", told.name, example)
    finding = Finding(False, f"{what} is wrong with {wrong.name}.", example=example)
    changed = manners([wrong.outcome], parameters) if wrong.outcome.changed else ""
    finding = _with(finding, naming.of_component(k))
    return replace(finding, message=f"{finding.message} {sentence(changed)}") if changed else finding


def _with(finding: Finding, told: Misconception | None) -> Finding:
    """A finding with the name of the mistake that explains it, where there is one."""
    if told is None:
        return finding
    return replace(finding, message=f"{finding.message} {told.sentence}", misconception=told.name)


def _edges(
    compared: Sequence[Answered],
    rule: Declared,
    trial: Trial,
    refusals: Sequence[Outcome],
    naming: Naming,
) -> Finding:
    reference = rule.reference
    for each in compared:
        if not isinstance(each.outcome, Returned):
            found = failed(each.name, each.outcome)
            example = trial.stopped(reference.parameters, each.arguments, each.outcome)
            told = special.of_raised(each.outcome) if isinstance(each.outcome, Raised) else None
            return _with(replace(found, example=example), told)
        for k, name in enumerate(reference.components):
            if not each.holds(k):
                return _edge(
                    each, k, "the result" if name == "value" else name, rule, trial, compared, naming
                )
    for probe, outcome in zip(rule.refused, refusals, strict=True):
        if not raises(outcome, "ValueError"):
            came = "nothing was raised" if isinstance(outcome, Returned) else failure(outcome)
            text = sentence(not_refused(probe.name, came))
            if isinstance(outcome, Returned):
                return _with(Finding(False, text), special.NOT_REFUSED)
            return Finding(False, text, fault=outcome)
    names = ", ".join(probe.name for probe in (*rule.edges, *rule.refused))
    more = len(expected(rule).calls)
    return Finding(True, f"Right: {names}{f'; and {more} mixes of integers, zeros and sizes' * bool(more)}.")


def _edge(
    each: Answered,
    k: int,
    what: str,
    rule: Declared,
    trial: Trial,
    compared: Sequence[Answered],
    naming: Naming,
) -> Finding:
    """What is wrong on a special input."""
    assert isinstance(each.outcome, Returned)
    reference, part = rule.reference, each.parts[k]
    example = trial.example(
        reference.parameters, each.arguments, each.outcome.value, reference(*each.arguments)
    )
    if part.problem:
        return Finding(False, seen_with(each.name, part.problem), example=example)
    assert part.values is not None
    if not np.isfinite(part.values).all():
        told = not_finite(part.values, each.outcome.warnings)
        return Finding(False, sentence(f"{what} {told.sentence.format(where=each.name)}"), told.name, example)
    named = naming.of_edge(compared, k)
    where = each.name if special.is_of_integers(rule, each, k, trial) else "the numbers below"
    return _with(Finding(False, seen_with(where, f"{what} is wrong"), example=example), named)


def _ask_again(first: tuple[Any, ...], rule: Declared, trial: Trial) -> Asked | None:
    """Call with the same arrays again, and with one of them alone another one; None where there are only
    numbers, which can always be used again."""
    arrays = [k for k, argument in enumerate(first) if isinstance(argument, np.ndarray)]
    if not arrays:
        return None
    fresh = rule.probes[0].draw(trial.random)
    return trial.send_reused(first, *((*first[:k], fresh[k], *first[k + 1 :]) for k in arrays))


def _again(asked: Asked | None, rule: Declared, trial: Trial) -> str:
    """What is wrong when its arguments are used again, or one of them alone is another one; empty where
    nothing is, and where the same call is wrong in a new process, too."""
    if asked is None:
        return ""

    def is_right(arguments: tuple[Any, ...], outcome: Outcome) -> bool:
        return compared_call(rule.probes[0].name, arguments, outcome, rule.reference).right

    def is_right_alone(arguments: tuple[Any, ...]) -> bool:
        trial.callee.restart()
        return is_right(arguments, *trial.ask(arguments))

    one, same, *changed = map(is_right, asked.calls, asked.outcomes())
    wrong = (other for other, right in zip(asked.calls[2:], changed, strict=True) if not right)
    return own(one, same) or (REMEMBERS if any(map(is_right_alone, wrong)) else "")


def _form(compared: Sequence[Answered], rule: Declared, trial: Trial, again: Callable[[], str]) -> Finding:
    outcomes = [each.outcome for each in compared]
    warned = [w for o in outcomes if isinstance(o, Returned) for w in o.warnings]
    note = f" NumPy warned: {warned[0]}." if warned else ""
    fine = f"{POLITE}{note}"
    parts = ((each.name, each.parts) for each in compared)
    found = judge_form(parts, outcomes, rule.reference.parameters, fine, again)
    if not found.passed:
        return found
    if rule.quiet:
        if warned:
            return Finding(False, sentence(f"{warns(warned[0])}. {NEVER_OVERFLOWS}"))
        if any(isinstance(o, Returned) and o.silenced for o in outcomes):
            return Finding(False, sentence(f"Right values, but {SILENCES}"))
    return found


# ------------------------------------------------------------------------------------------ curve


@dataclass(frozen=True)
class _Path:
    """The reference's own run of an experiment: what was asked, and the curve that resulted."""

    arguments: list[tuple[Any, ...]]
    results: list[tuple[Any, ...]]
    scales: list[tuple[float, ...]]
    losses: list[float]


@lru_cache(maxsize=64)
def _reference_path(curve: Curve, reference: Reference) -> _Path:
    """The same for every student, so it is run once a process."""
    arguments: list[tuple[Any, ...]] = []
    loop = curve.experiment()
    try:
        asked = next(loop)
        while True:
            arguments.append(asked)
            asked = loop.send(reference(*asked))
    except StopIteration as stop:
        losses = stop.value
    results = [components_of(reference, reference(*each)) for each in arguments]
    return _Path(arguments, results, [reference.scale(*each) for each in arguments], losses)


def _ask_along(curve: Curve, reference: Reference, trial: Trial) -> Asked:
    """Ask at every point of the reference's path; the request is the same for every student."""
    calls, function = _reference_path(curve, reference).arguments, trial.exercise.function
    return trial.send_alike(calls, lambda: _request_along(curve, reference, function))


@lru_cache(maxsize=64)
def _request_along(curve: Curve, reference: Reference, function: str) -> Request:
    return prepare(function, _reference_path(curve, reference).arguments, watched=False)


def _curve(curve: Curve, reference: Reference, trial: Trial, points: Asked, *, dead: bool) -> Finding:
    """Where the student's function agrees with the reference at every point of its path, its own path is the
    same; only where it doesn't is its own path run, step by step."""
    if dead:
        return Finding(False, NO_VALUES)
    path = _reference_path(curve, reference)
    outcomes = points.outcomes()
    fault = next((outcome for outcome in outcomes if not isinstance(outcome, Returned)), None)
    if fault is not None:
        return Finding(False, sentence(f"On {curve.title}: {failure(fault)}"), fault=fault)
    if _follows([_value(outcome) for outcome in outcomes], path, reference):
        curves = Curves(curve.title, list(path.losses), path.losses)
        return Finding(True, same_curve(curve.title), curves=curves)
    losses, problem = _own_path(curve, reference, trial)
    curves = Curves(curve.title, drawn(losses), path.losses)
    return Finding(False, sentence(f"{curve.title}: {problem or _told(losses, path.losses)}"), curves=curves)


def _follows(values: list[Any], path: _Path, reference: Reference) -> bool:
    """Whether the values are the reference's at every point of its path."""
    count = len(reference.components)
    single = count == 1
    asked_for = single or all(isinstance(value, tuple | list) and len(value) == count for value in values)
    for k in range(count):
        expected = np.array([results[k] for results in path.results])
        scale = np.array([scales[k] for scales in path.scales]).reshape(-1, *[1] * (expected.ndim - 1))
        try:  # nearly always they come as asked for, and are compared all at once
            got = np.array([value if single else value[k] for value in values] if asked_for else [])
        except (TypeError, ValueError, IndexError, KeyError):
            got = np.empty(0)
        if got.shape == expected.shape and got.dtype.kind in "fib":  # a string is no number
            if not close(got, expected, scale):
                return False
            continue
        for value, results, scales in zip(values, path.results, path.scales, strict=True):
            if not agree(take_apart(value, results, reference.components)[k], results[k], scales[k]):
                return False
    return True


def _value(outcome: Outcome) -> Any:
    assert isinstance(outcome, Returned)
    return outcome.value


def _own_path(curve: Curve, reference: Reference, trial: Trial) -> tuple[list[float], str]:
    loop = curve.experiment()
    losses: list[float] = []
    try:
        with np.errstate(all="ignore"):
            asked = next(loop)
            while True:
                (outcome,) = trial.ask(asked)
                if not isinstance(outcome, Returned):
                    return losses, failure(outcome)
                wanted = components_of(reference, reference(*asked))
                parts = take_apart(outcome.value, wanted, reference.components)
                got = [part.values for part in parts]
                if any(values is None for values in got):
                    return losses, f"it returned {describe(outcome.value)}"
                shaped = [values if values.ndim else float(values) for values in got if values is not None]
                asked = loop.send(tuple(shaped) if len(shaped) > 1 else shaped[0])
    except StopIteration as stop:
        losses = stop.value
    return losses, ""


def _told(losses: Sequence[float], reference: Sequence[float]) -> str:
    if not losses or not np.isfinite(losses[-1]):
        return "the loss becomes infinite or NaN; it should fall"
    pairs = enumerate(zip(losses, reference, strict=False))
    where = next((step for step, (ours, theirs) in pairs if abs(ours - theirs) > 1e-6 * abs(theirs)), None)
    ends = [f"{losses[-1]:.4g}", f"{reference[-1]:.4g}"]
    if ends[0] == ends[1]:
        ends = [f"{losses[-1]:.10g}", f"{reference[-1]:.10g}"]
    parted = f"; the curves separate at step {where}" if where is not None else ""
    return loss_ends(*ends) + parted
