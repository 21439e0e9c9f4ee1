"""Rule `GradientDescent`: every iterate, with the referee's gradient and step sizes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.homework import GradientDescent
from autograder.judging.comparison import TOLERANCE, Part, take_apart
from autograder.judging.trial import Finding, Judged, Trial, failure, judge_form, not_yet, sentence
from autograder.report import Curves
from autograder.sandbox.host import Outcome, Returned

NAMES = ("gradient", "v0", "lr", "steps")
# more steps than Python's recursion limit has levels
_MANY = 1200


@dataclass(frozen=True)
class Valley:
    """A quadratic L(v) = ½ (v − c)ᵀ A (v − c) with A symmetric and positive."""

    A: np.ndarray
    c: np.ndarray

    def loss(self, v: np.ndarray) -> float:
        """L(v)."""
        return float((v - self.c) @ self.A @ (v - self.c) / 2)

    def gradient(self, v: object) -> np.ndarray:
        """A (v − c): the callable that students are given.

        Raises
        ------
        ValueError
            When `v` has another shape; the student's code sees the sentence.
        """
        v = np.asarray(v, float)
        if v.shape != self.c.shape:
            raise ValueError(f"gradient(v) takes v of shape {self.c.shape}; it was given shape {v.shape}")
        return self.A @ (v - self.c)


# Each with what makes the same mistake in `_Case.expected`.
_MISTAKES: dict[str, tuple[str, dict[str, Any]]] = {
    "ascent": ("It climbs: each step goes along the gradient, not against it.", {"sign": 1.0}),
    "factor_2": ("Every step is twice as long as it should be.", {"factor": 2.0}),
    "factor_half": ("Every step is half as long as it should be.", {"factor": 0.5}),
    "schedule_from_one": ("The first step has t = 0, not t = 1.", {"shift": 1}),
}
MISCONCEPTIONS = {name: text for name, (text, _) in _MISTAKES.items()}


def draw_valley(random: np.random.Generator, d: int) -> Valley:
    """A valley with curvatures between 0.3 and 2."""
    Q, _ = np.linalg.qr(random.normal(size=(d, d)))
    return Valley(Q @ np.diag(random.uniform(0.3, 2.0, d)) @ Q.T, random.normal(size=d))


@dataclass(frozen=True)
class _Case:
    name: str
    valley: Valley
    v0: np.ndarray
    lr: float | Callable[[Any], float]
    steps: int

    @property
    def arguments(self) -> tuple[Any, ...]:
        return (self.valley.gradient, self.v0, self.lr, self.steps)

    def expected(self, sign: float = -1.0, shift: int = 0, factor: float = 1.0) -> np.ndarray:
        """The iterates; with other arguments those of a loop that climbs, or counts t from elsewhere."""
        v = self.v0.astype(float)
        iterates = [v]
        for t in range(self.steps):
            step = self.lr(t + shift) if callable(self.lr) else self.lr
            v = v + sign * factor * step * self.valley.gradient(v)
            iterates.append(v)
        return np.array(iterates)


def judge(rule: GradientDescent, trial: Trial) -> Judged:
    """Findings by check, and the outcomes of ordinary descents."""
    random = trial.random
    constant = [
        _Case("a constant lr", draw_valley(random, d), random.normal(size=d), float(lr), steps)
        for d, lr, steps in ((3, random.uniform(0.2, 0.4), 9), (2, random.uniform(0.2, 0.4), 6))
    ]
    outcomes = trial.ask(*[case.arguments for case in constant])
    findings = {"iterates": _iterates(trial, constant, outcomes)}
    if findings["iterates"].fault is not None:
        return findings | not_yet("schedule", "edges", "form", "curve"), outcomes
    schedule = [_scheduled(random)]
    schedule_outcomes = trial.ask(*[case.arguments for case in schedule])
    findings["schedule"] = _iterates(trial, schedule, schedule_outcomes)
    if not findings["iterates"].passed:
        return findings | not_yet("edges", "form") | {"curve": _curve(rule, trial)}, outcomes
    whole = np.array([random.integers(2, 6), -random.integers(2, 6)])
    edges = [
        _Case("no step at all", draw_valley(random, 3), random.normal(size=3), 0.3, 0),
        _Case("one parameter", draw_valley(random, 1), random.normal(size=1), 0.3, 5),
        _Case("an integer start", draw_valley(random, 2), whole, 0.3, 4),
    ]
    edge_outcomes = trial.ask(*[case.arguments for case in edges])
    findings["edges"] = _edges(trial, edges, edge_outcomes, outcomes)
    asked = [*zip(constant, outcomes, strict=True), *zip(edges, edge_outcomes, strict=True)]
    findings["form"] = judge_form(
        ((case.name, _parts(case, outcome)) for case, outcome in asked),
        [*outcomes, *edge_outcomes],
        NAMES,
        "One row for each iterate, and no argument is changed.",
    )
    findings["curve"] = _curve(rule, trial)
    return findings, outcomes


def _scheduled(random: np.random.Generator) -> _Case:
    first, fade = random.uniform(0.3, 0.5), random.uniform(0.3, 0.7)

    def schedule(t: object) -> float:
        number = np.asarray(t)
        whole = number.shape == () and number.dtype.kind in "if" and float(number).is_integer()
        if not whole or number < 0:
            raise ValueError(f"lr(t) takes the number of the step, t = 0, 1, …; it was given {t!r}"[:200])
        return float(first / (1 + fade * float(number)))

    return _Case("lr as a function of t", draw_valley(random, 3), random.normal(size=3), schedule, 7)


def _parts(case: _Case, outcome: Outcome) -> list[Part]:
    expected = (case.expected(),)
    return take_apart(outcome.value, expected, ("iterates",)) if isinstance(outcome, Returned) else []


def _is(expected: np.ndarray, outcome: Outcome) -> bool:
    if not isinstance(outcome, Returned):
        return False
    (part,) = take_apart(outcome.value, (expected,), ("iterates",))
    return part.values is not None and _same(part.values, expected)


def _same(values: np.ndarray, expected: np.ndarray) -> bool:
    return bool(np.all(np.abs(values - expected) <= TOLERANCE * (1 + np.abs(expected).max())))


def _iterates(trial: Trial, cases: Sequence[_Case], outcomes: Sequence[Outcome]) -> Finding:
    for case, outcome in zip(cases, outcomes, strict=True):
        if _is(case.expected(), outcome):
            continue
        if not isinstance(outcome, Returned):
            return Finding(False, sentence(f"With {case.name}: {failure(outcome)}"), fault=outcome)
        lr = "lr(t)" if callable(case.lr) else case.lr
        example = trial.example(NAMES[1:], (case.v0, lr, case.steps), outcome.value, case.expected())
        (part,) = take_apart(outcome.value, (case.expected(),), ("iterates",))
        if part.values is None:
            return Finding(False, sentence(f"With {case.name} {part.problem}"), example=example)
        name, text = _named(cases, outcomes)
        return Finding(False, sentence(f"With {case.name} the iterates are wrong. {text}"), name, example)
    steps = ", ".join(str(case.steps) for case in cases)
    return Finding(True, f"All iterates are right ({steps} steps).")


def _named(cases: Sequence[_Case], outcomes: Sequence[Outcome]) -> tuple[str | None, str]:
    found = []
    for name, (text, change) in _MISTAKES.items():
        if name == "schedule_from_one" and not callable(cases[0].lr):
            continue
        if all(_is(case.expected(**change), outcome) for case, outcome in zip(cases, outcomes, strict=True)):
            found.append((name, text))
    return found[0] if len(found) == 1 else (None, "")


def _edges(
    trial: Trial, cases: Sequence[_Case], outcomes: Sequence[Outcome], ordinary: Sequence[Outcome]
) -> Finding:
    finding = _iterates(trial, cases, outcomes)
    if not finding.passed:
        return finding
    # Each step deeper in the stack than the last: only then the many steps need to be tried.
    if any(isinstance(outcome, Returned) and outcome.deeper >= 4 for outcome in ordinary):
        many = [_Case(f"{_MANY} steps", draw_valley(trial.random, 2), np.ones(2), 0.01, _MANY)]
        finding = _iterates(trial, many, trial.ask(*[case.arguments for case in many]))
        if not finding.passed:
            return finding
    return Finding(True, f"Right with {', '.join(case.name for case in cases)}.")


def _curve(rule: GradientDescent, trial: Trial) -> Finding:
    """The loss along the student's iterates in a valley that is the same for all."""
    valley = Valley(np.array([[1.0, 0.4], [0.4, 0.3]]), np.array([1.0, -2.0]))
    case = _Case(rule.curve_title, valley, np.array([-1.0, 1.5]), 0.6, 30)
    (outcome,) = trial.ask(case.arguments)
    if not isinstance(outcome, Returned):
        return Finding(False, sentence(f"No curve: {failure(outcome)}"), fault=outcome)
    expected = case.expected()
    (part,) = take_apart(outcome.value, (expected,), ("iterates",))
    if part.values is None:
        return Finding(False, sentence(f"No curve: {part.problem}"))
    reference = [valley.loss(v) for v in expected]
    with np.errstate(all="ignore"):
        losses = [valley.loss(v) for v in part.values]
    student = [loss if np.isfinite(loss) else None for loss in losses]
    curves = Curves(rule.curve_title, student, reference)
    if _same(part.values, expected):
        return Finding(True, f"{rule.curve_title}: the curve is the reference's.", curves=curves)
    text = f"{rule.curve_title}: your loss ends at {losses[-1]:.4g}, the reference's at {reference[-1]:.4g}."
    return Finding(False, text, curves=curves)
