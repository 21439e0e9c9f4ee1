"""Rule `GradientDescent`: every iterate, with the referee's gradient and step sizes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.judging.arranged import arranged
from autograder.judging.cases import (
    MANY,
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
from autograder.judging.misconception import Misconception
from autograder.judging.trial import Finding, Judged, Trial, judge_form, not_yet, of_numpy_too, own, sentence
from autograder.report import Curves
from autograder.rules.gradient_descent.misconceptions import MISCONCEPTIONS, RIGHT
from autograder.rules.gradient_descent.steps import Path, name_of_steps
from autograder.rules.values.valley import Valley
from autograder.sandbox.host import Outcome, Returned
from autograder.sandbox.inside.wire import Constant

_PARTS = ("iterates",)
NAMES = ("gradient", "v0", "lr", "steps")


def draw_valley(random: np.random.Generator, d: int) -> Valley:
    """A valley with curvatures between 0.3 and 2.

    Parameters
    ----------
    random
        What the valley is drawn from.
    d
        Number of variables.
    """
    Q, _ = np.linalg.qr(random.normal(size=(d, d)))
    return Valley(Q @ np.diag(random.uniform(0.3, 2.0, d)) @ Q.T, random.normal(size=d))


@dataclass(frozen=True)
class _Case:
    name: str
    gradient: Callable[..., Any]
    v0: np.ndarray
    lr: float | Callable[[Any], float]
    steps: int

    @property
    def arguments(self) -> tuple[Any, ...]:
        return (self.gradient, self.v0, self.lr, self.steps)

    @property
    def sent(self) -> tuple[Any, ...]:
        """The arguments as they are sent: a learning rate of NumPy's is one there, too."""
        return of_numpy_too(self.arguments)

    @property
    def expected(self) -> np.ndarray:
        """The right iterates."""
        return RIGHT(*self.arguments)


def judge(curve_title: str, trial: Trial) -> Judged:
    """Findings by check, and the outcomes of ordinary descents.

    Parameters
    ----------
    curve_title
        What the curve is called in the feedback.
    trial
        Of the student's function.
    """
    random = trial.random
    constant = [
        _Case("a constant lr", draw_valley(random, d).gradient, random.normal(size=d), float(lr), steps)
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
    valley = draw_valley(random, 2)
    edges = [
        _Case("no step at all", draw_valley(random, 3).gradient, random.normal(size=3), 0.3, 0),
        _Case("one parameter", draw_valley(random, 1).gradient, random.normal(size=1), 0.3, 5),
        _Case(
            "a start near the minimum", valley.gradient, valley.c + random.choice([-3e-4, 3e-4], 2), 0.3, 4
        ),
        _Case("an integer start", draw_valley(random, 2).gradient, whole, 0.3, 4),
        *(
            _Case(f"{name} in v0", draw_valley(random, 3).gradient, v0, 0.3, 4)
            for name, (v0,) in arranged(random.normal(size=3))
        ),
        _Case(f"{MANY} steps", Constant(np.array([0.5, -0.25])), np.ones(2), 0.01, MANY),
    ]
    rates = _rates_and_places(random)
    came = trial.ask(*[case.sent for case in (*edges, *rates)])
    edge_outcomes = came[: len(edges)]
    found = _iterates(trial, edges, edge_outcomes)
    if found.passed:  # what is told of the ways is told of those with steps
        found = _iterates(trial, rates, came[len(edges) :])
    findings["edges"] = right_with([*edges, *rates]) if found.passed else found
    asked = [*zip(constant, outcomes, strict=True), *zip(edges, edge_outcomes, strict=True)]
    findings["form"] = judge_form(
        ((case.name, parts_of(outcome, (case.expected,), _PARTS)) for case, outcome in asked),
        [*outcomes, *edge_outcomes],
        NAMES,
        "One row for each iterate, and no argument is changed.",
        lambda: own(_again(trial, constant)),
    )
    findings["curve"] = _curve(curve_title, trial)
    return findings, outcomes


def _rates_and_places(random: np.random.Generator) -> list[_Case]:
    """Learning rates and gradients that are special."""
    c = random.integers(-4, 5, 2).astype(float)
    reached = Valley(np.diag([2.0, 2.0]), c)
    steep = Valley(np.diag(random.uniform(2.5, 3.5, 2)), np.zeros(2))

    def drawn_with(name: str, lr: Any) -> _Case:
        return _Case(name, draw_valley(random, 2).gradient, random.normal(size=2), lr, 4)

    return [
        drawn_with("lr = 1, an integer", 1),
        drawn_with("lr = 0", 0),
        _Case("a learning rate that is too large", steep.gradient, 1e5 * random.normal(size=2), 0.9, 6),
        drawn_with("lr a number of NumPy's", np.float64(random.uniform(0.2, 0.4))),
        drawn_with("lr = 1, an integer of NumPy's", np.int64(1)),
        _Case(
            "a start from which one step leads to the minimum",
            reached.gradient,
            c + np.array([1, -2]),
            0.5,
            4,
        ),
    ]


def _scheduled(random: np.random.Generator) -> _Case:
    first, fade = random.uniform(0.3, 0.5), random.uniform(0.3, 0.7)

    def lr(t: object) -> float:
        number = np.asarray(t)
        whole = number.shape == () and number.dtype.kind in "if" and float(number).is_integer()
        if not whole or number < 0:
            raise ValueError(f"lr(t) takes the number of the step, t = 0, 1, …; it was given {t!r}"[:200])
        return float(first / (1 + fade * float(number)))

    return _Case("lr as a function of t", draw_valley(random, 3).gradient, random.normal(size=3), lr, 7)


def _iterates(trial: Trial, cases: Sequence[_Case], outcomes: Sequence[Outcome]) -> Finding:
    for case, outcome in zip(cases, outcomes, strict=True):
        if came_back(outcome, (case.expected,), _PARTS):
            continue
        if not isinstance(outcome, Returned):
            return failed(case.name, outcome)
        lr = "lr(t)" if callable(case.lr) else case.lr
        example = trial.example(NAMES[1:], (case.v0, lr, case.steps), outcome.value, case.expected)
        (part,) = parts_of(outcome, (case.expected,), _PARTS)
        name, text = _named(cases, outcomes)
        if part.values is None:
            said = f"{sentence(f'With {case.name} {part.problem}')} {text}"
            return Finding(False, said.strip(), name, example)
        return Finding(False, sentence(f"With {case.name} the iterates are wrong. {text}"), name, example)
    steps = ", ".join(str(case.steps) for case in cases)
    return Finding(True, f"All iterates are right ({steps} steps).")


def _named(cases: Sequence[_Case], outcomes: Sequence[Outcome]) -> tuple[str | None, str]:
    """The mistake that explains all descents: one that is known, or the rule that leads from row to row."""
    pairs = list(zip(cases, outcomes, strict=True))
    with np.errstate(all="ignore"):
        name, text = the_only(
            (known.name, known.sentence)
            for known in MISCONCEPTIONS
            if all(_gives(known, case, outcome) for case, outcome in pairs)
        )
        if name is None:
            paths = [_path(case, outcome) for case, outcome in pairs if callable(case.lr) or case.lr]
            found = name_of_steps([path for path in paths if path]) if all(paths) else None
            name, text = (found.name, found.sentence) if found else (None, "")
    return name, text


def _gives(known: Misconception, case: _Case, outcome: Outcome) -> bool:
    wanted = known(*case.arguments)
    return came_back(outcome, (wanted,), _PARTS) and wanted.shape == np.shape(
        outcome.value if isinstance(outcome, Returned) else ()
    )


def _path(case: _Case, outcome: Outcome) -> Path | None:
    """The way from row to row, with the gradients there; None where it does not begin at the start."""
    (part,) = parts_of(outcome, (case.expected,), _PARTS) or (None,)
    if part is None or part.values is None or not np.isfinite(part.values).all():
        return None
    points = part.values
    if not np.allclose(points[0], case.v0, 1e-6, 1e-6):
        return None
    gradients = np.array([case.gradient(v) for v in points[:-1]])
    rates = [case.lr(t) if callable(case.lr) else case.lr for t in range(case.steps)]
    return Path(points, gradients, np.array(rates), np.ones(len(case.v0)))


def _again(trial: Trial, cases: Sequence[_Case]) -> bool:
    """Whether it gives the same when its arguments are used again."""
    first, other = cases
    pairs = zip((first, first, other), trial.reuse(first.arguments, other.arguments), strict=True)
    return all(came_back(outcome, (case.expected,), _PARTS) for case, outcome in pairs)


def _curve(curve_title: str, trial: Trial) -> Finding:
    """The loss along the student's iterates in a valley that is the same for all."""
    valley = Valley(np.array([[1.0, 0.4], [0.4, 0.3]]), np.array([1.0, -2.0]))
    case = _Case(curve_title, valley.gradient, np.array([-1.0, 1.5]), 0.6, 30)
    (outcome,) = trial.ask(case.arguments)
    expected = case.expected
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
