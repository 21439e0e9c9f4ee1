"""Rule `GradientDescent`: every iterate, with the referee's gradient and step sizes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.judging.cases import (
    calls_itself,
    came_back,
    drawn,
    failed,
    loss_ends,
    parts_of,
    right_with,
    same,
    same_curve,
    the_only,
    to_draw,
)
from autograder.judging.sentences import CLIMBS
from autograder.judging.trial import Finding, Judged, Trial, judge_form, not_yet, sentence
from autograder.report import Curves
from autograder.rules.gradient_descent.sentences import ALIASED, FIRST_RATE, FROM_ONE
from autograder.rules.values.valley import Valley
from autograder.sandbox.host import Outcome, Returned

_PARTS = ("iterates",)
NAMES = ("gradient", "v0", "lr", "steps")
# more steps than Python's recursion limit has levels
_MANY = 1200


_Step = Callable[[float, np.ndarray], np.ndarray]


def _downhill(rate: float, slope: np.ndarray) -> np.ndarray:
    return -rate * slope


@dataclass(frozen=True)
class _Mistake:
    """A loop that goes wrong in one way.

    ``step`` is what is added, given the learning rate and the gradient; ``shift`` what is added to t;
    ``rows`` takes the right iterates, or those that the rest leads to, and returns what is made of them.
    """

    sentence: str
    step: _Step = _downhill
    shift: int = 0
    first_rate: bool = False
    first_gradient: bool = False
    from_zero: bool = False
    one_by_one: bool = False
    rows: Callable[[np.ndarray], np.ndarray] | None = None


_RIGHT = _Mistake("")
_MISTAKES = {
    "ascent": _Mistake(CLIMBS, lambda rate, g: rate * g),
    "factor_2": _Mistake("Every step is twice as long as it should be.", lambda rate, g: -2 * rate * g),
    "factor_half": _Mistake("Every step is half as long as it should be.", lambda rate, g: -rate * g / 2),
    "learning_rate_missing": _Mistake("The learning rate does not count.", lambda rate, g: -g),
    "learning_rate_squared": _Mistake("The learning rate counts twice.", lambda rate, g: -(rate**2) * g),
    "learning_rate_below": _Mistake("It is divided by the learning rate.", lambda rate, g: -g / rate),
    "normalised": _Mistake(
        "Every step has the length of the learning rate: how steep it is counts too.",
        lambda rate, g: -rate * g / np.linalg.norm(g),
    ),
    "signs_alone": _Mistake("Only the signs of the gradient count.", lambda rate, g: -rate * np.sign(g)),
    "schedule_from_one": _Mistake(FROM_ONE, shift=1),
    "first_rate_for_all": _Mistake(FIRST_RATE, first_rate=True),
    "stale_gradient": _Mistake(
        "All steps take the gradient at the start: take it where you are.", first_gradient=True
    ),
    "from_zero": _Mistake("It starts from zero, and not from v0.", from_zero=True),
    "one_by_one": _Mistake(
        "The components move one after another, each with a gradient of its own: all move at once.",
        one_by_one=True,
    ),
    "start_everywhere": _Mistake(
        "All rows are the start: does v change in the loop?",
        rows=lambda rows: np.tile(rows[0], (len(rows), 1)),
    ),
    "last_everywhere": _Mistake(
        ALIASED,
        rows=lambda rows: np.tile(rows[-1], (len(rows), 1)),
    ),
    "zeros": _Mistake("All rows are zero: is anything written into them?", rows=np.zeros_like),
    "backwards": _Mistake("The iterates come in the opposite order.", rows=lambda rows: rows[::-1]),
    "steps_not_points": _Mistake(
        "The rows are the steps between the iterates, not the iterates.",
        rows=lambda rows: np.diff(rows, axis=0, prepend=0 * rows[:1]),
    ),
    "averaged": _Mistake(
        "Every row is the mean of all iterates up to it.",
        rows=lambda rows: np.cumsum(rows, axis=0) / np.arange(1, len(rows) + 1)[:, None],
    ),
}
MISCONCEPTIONS = {name: mistake.sentence for name, mistake in _MISTAKES.items()}


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

    def expected(self, mistake: _Mistake = _RIGHT) -> np.ndarray:
        """The iterates; with a mistake those of a loop that makes it."""
        v = 0.0 * self.v0 if mistake.from_zero else self.v0.astype(float)
        first, iterates = self.valley.gradient(v), [v]
        for t in range(self.steps):
            rate = self.rate(0 if mistake.first_rate else t + mistake.shift)
            for place in range(len(v)) if mistake.one_by_one else [slice(None)]:
                slope = first if mistake.first_gradient else self.valley.gradient(v)
                v = v.copy()
                v[place] += mistake.step(rate, slope)[place]
            iterates.append(v)
        rows = np.array(iterates)
        return mistake.rows(rows) if mistake.rows else rows

    def rate(self, t: int) -> float:
        """The learning rate of a step."""
        return self.lr(t) if callable(self.lr) else self.lr


def judge(curve_title: str, trial: Trial) -> Judged:
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
        return findings | not_yet("edges", "form") | {"curve": _curve(curve_title, trial)}, outcomes
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
        ((case.name, parts_of(outcome, (case.expected(),), _PARTS)) for case, outcome in asked),
        [*outcomes, *edge_outcomes],
        NAMES,
        "One row for each iterate, and no argument is changed.",
    )
    findings["curve"] = _curve(curve_title, trial)
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


def _iterates(trial: Trial, cases: Sequence[_Case], outcomes: Sequence[Outcome]) -> Finding:
    for case, outcome in zip(cases, outcomes, strict=True):
        if came_back(outcome, (case.expected(),), _PARTS):
            continue
        if not isinstance(outcome, Returned):
            return failed(case, outcome)
        lr = "lr(t)" if callable(case.lr) else case.lr
        example = trial.example(NAMES[1:], (case.v0, lr, case.steps), outcome.value, case.expected())
        (part,) = parts_of(outcome, (case.expected(),), _PARTS)
        if part.values is None:
            return Finding(False, sentence(f"With {case.name} {part.problem}"), example=example)
        name, text = _named(cases, outcomes)
        return Finding(False, sentence(f"With {case.name} the iterates are wrong. {text}"), name, example)
    steps = ", ".join(str(case.steps) for case in cases)
    return Finding(True, f"All iterates are right ({steps} steps).")


def _named(cases: Sequence[_Case], outcomes: Sequence[Outcome]) -> tuple[str | None, str]:
    with np.errstate(all="ignore"):
        return the_only(
            (name, mistake.sentence)
            for name, mistake in _MISTAKES.items()
            if all(
                came_back(outcome, (case.expected(mistake),), _PARTS)
                for case, outcome in zip(cases, outcomes, strict=True)
            )
        )


def _edges(
    trial: Trial, cases: Sequence[_Case], outcomes: Sequence[Outcome], ordinary: Sequence[Outcome]
) -> Finding:
    finding = _iterates(trial, cases, outcomes)
    if not finding.passed:
        return finding
    if calls_itself(ordinary):
        many = [_Case(f"{_MANY} steps", draw_valley(trial.random, 2), np.ones(2), 0.01, _MANY)]
        finding = _iterates(trial, many, trial.ask(*[case.arguments for case in many]))
        if not finding.passed:
            return finding
    return right_with(cases)


def _curve(curve_title: str, trial: Trial) -> Finding:
    """The loss along the student's iterates in a valley that is the same for all."""
    valley = Valley(np.array([[1.0, 0.4], [0.4, 0.3]]), np.array([1.0, -2.0]))
    case = _Case(curve_title, valley, np.array([-1.0, 1.5]), 0.6, 30)
    (outcome,) = trial.ask(case.arguments)
    expected = case.expected()
    parts = parts_of(outcome, (expected,), _PARTS)
    values = to_draw(outcome, parts)
    if isinstance(values, Finding):
        return values
    reference = [valley.loss(v) for v in expected]
    with np.errstate(all="ignore"):
        losses = [valley.loss(v) for v in values]
    curves = Curves(curve_title, drawn(losses), reference)
    if same(parts[0], expected):
        return Finding(True, same_curve(curve_title), curves=curves)
    ends = (f"{end[-1]:.4g}" for end in (losses, reference))
    return Finding(False, f"{curve_title}: {loss_ends(*ends)}.", curves=curves)
