"""Rule `ChooseLambda`: which λ is chosen, on which data, with the referee's fit and loss."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import Any

import numpy as np

from autograder.judging.arranged import arranged
from autograder.judging.cases import (
    came_back,
    drawn,
    failed,
    parts_of,
    right_with,
    same,
    same_curve,
    seen_with,
    the_only,
    to_draw,
)
from autograder.judging.comparison import Part
from autograder.judging.trial import Finding, Judged, Trial, judge_form, not_yet, own
from autograder.report import Curves
from autograder.rules.choose_lambda import sentences as s
from autograder.rules.choose_lambda.fitting import eighths, fit, loss, ridge_path
from autograder.rules.choose_lambda.misconceptions import (
    ON_TIES,
    RIGHT,
    WRONG_CHOICES,
    WRONG_LISTS,
    WRONG_PLACES,
    Choice,
    Data,
    List,
    Places,
)
from autograder.sandbox.host import Outcome, Returned
from autograder.sandbox.inside.public import Public

NAMES = ("X_train", "y_train", "X_val", "y_val", "lambdas", "fit", "loss")
_PARTS = ("lam", "losses")


@dataclass(frozen=True)
class _Case:
    """A choice among some λ.

    `choose` may go wrong: fit or judge on other data.
    """

    name: str
    train: Data
    validation: Data
    lambdas: np.ndarray
    stairs: bool = False
    in_a_list: bool = False
    less: float = 0.0

    @property
    def arguments(self) -> tuple[Any, ...]:
        lambdas = self.lambdas.tolist() if self.in_a_list else self.lambdas
        callables = Public.of(fit), Public.of(loss, self.stairs, self.less)
        return (*self.train, *self.validation, lambdas, *callables)

    @cached_property
    def right(self) -> tuple[float, np.ndarray]:
        """The λ that is to be chosen, and all losses."""
        return self.choose(RIGHT)

    def choose(self, places: Places) -> tuple[float, np.ndarray]:
        """The chosen λ and all losses: as `misconceptions.choose` gives them, for all λ at once."""
        fitted, judged = places.sets(self.train, self.validation)
        tried = self.lambdas if places.only is None else np.full_like(self.lambdas, self.lambdas[places.only])
        W, b = ridge_path(*fitted, tried)
        losses = np.zeros(len(self.lambdas))
        for X, y in judged:
            each = ((X @ W.T + b - y[:, None]) ** 2).mean(axis=0) / 2
            losses += eighths(each) if self.stairs else each - self.less
        losses = losses + (self.lambdas * (W**2).sum(axis=1) if places.penalised else 0.0)
        return float(self.lambdas[losses.argmin()]), losses


def _draw(random: np.random.Generator, n: int, k: int, d: int) -> tuple[Data, Data]:
    """Few training examples and many features: some regularisation pays."""
    w = random.normal(size=d)
    sets = [random.normal(size=(size, d)) for size in (n, k)]
    train, validation = ((X, X @ w + 1.0 + 1.5 * random.normal(size=len(X))) for X in sets)
    return train, validation


def _draw_cases(random: np.random.Generator) -> list[_Case]:
    """Two cases in which λ is chosen from the middle, and any mistake with the data shows in one of them."""
    while True:
        cases = [_draw_case(random, 8, 11, 4, 7), _draw_case(random, 10, 12, 6, 6)]
        chosen = [case.right[0] for case in cases]
        others = [[case.choose(places)[0] for case in cases] for _, places in WRONG_PLACES.values()]
        if chosen not in others:
            return cases


def _draw_case(random: np.random.Generator, n: int, k: int, d: int, count: int) -> _Case:
    while True:
        grid = np.sort(random.uniform(0.5, 2.0, count)) * np.logspace(-2.0, 0.5, count)
        case = _Case(f"{count} values of λ", *_draw(random, n, k, d), random.permutation(grid))
        lam, losses = case.right
        inside = lam not in (case.lambdas[0], case.lambdas[-1], grid[0], grid[-1])
        if inside and np.diff(np.sort(losses)[:2])[0] > 1e-4:
            return case


def judge(curve_title: str, trial: Trial) -> Judged:
    """Findings by check, and the outcomes of ordinary choices.

    Parameters
    ----------
    curve_title
        What the curve is called in the feedback.
    trial
        Of the student's function.
    """
    random = trial.random
    ordinary = _draw_cases(random)
    outcomes = trial.ask(*[case.arguments for case in ordinary])
    findings = {part: _component(trial, ordinary, outcomes, k) for k, part in enumerate(_PARTS)}
    findings["curve"] = _curve(curve_title, trial)
    if not (findings["lam"].passed and findings["losses"].passed):
        return findings | not_yet("edges", "form"), outcomes
    edges = _edge_cases(random)
    edge_outcomes = trial.ask(*[case.arguments for case in edges])
    findings["edges"] = _edges(trial, edges, edge_outcomes)
    asked = [*zip(ordinary, outcomes, strict=True), *zip(edges, edge_outcomes, strict=True)]
    findings["form"] = judge_form(
        ((case.name, _parts(case, outcome)) for case, outcome in asked),
        [outcome for _, outcome in asked],
        NAMES,
        "It returns (lam, losses), and no argument is changed.",
        lambda: own(_again(trial, ordinary)),
    )
    return findings, outcomes


def _draw_tie(random: np.random.Generator, lambdas: Sequence[float] = (9.0, 0.45, 0.5, 0.4, 0.43)) -> _Case:
    """Four λ with one loss, of which the first is neither the last, the smallest nor the largest."""
    while True:
        tie = _Case("a tie", *_draw(random, 8, 11, 3), np.array(lambdas), stairs=True)
        _, losses = tie.right
        if np.sum(losses == losses.min()) == 4 and losses.argmin() == 1:
            return tie


def _edge_cases(random: np.random.Generator) -> list[_Case]:
    tie = _draw_tie(random)
    X, y = (np.round(2 * part).astype(int) for part in _draw(random, 6, 6, 2)[0])
    (A, u), (B, v) = _draw(random, 8, 6, 3)
    below = _Case("losses below 0", *_draw(random, 8, 11, 3), np.array([1.0, 0.3, 0.1, 3.0, 10.0]))
    losses = below.right[1]
    return [
        tie,
        _Case("one λ", *_draw(random, 8, 5, 3), np.array([0.3])),
        _Case("a λ of 0", *_draw(random, 9, 6, 2), np.array([0.5, 0.0, 2.0])),
        _Case("one feature", *_draw(random, 5, 4, 1), np.array([0.1, 1.0, 0.01])),
        _Case("one validation example", *_draw(random, 6, 1, 2), np.array([1.0, 0.2])),
        _Case("integers", (X, y), (X + 1, y - 2), np.array([3, 0, 1])),
        _Case("a list of λ", *_draw(random, 6, 5, 2), np.array([0.2, 1.0, 0.05]), in_a_list=True),
        _Case("losses above 10^6", (A, 1e4 * u), (B, 1e4 * v), np.array([1.0, 0.1, 0.01])),
        replace(below, less=float(losses.max() + losses.min()) / 2),
        _Case("λ in ascending order", *_draw(random, 8, 6, 3), np.array([0.03, 0.2, 1.1, 4.0])),
        _Case("λ in descending order", *_draw(random, 8, 6, 3), np.array([4.0, 1.1, 0.2, 0.03])),
        *(
            _Case(name, (P, p), (Q, q), np.array([1.0, 0.1, 3.0]))
            for name, (P, p, Q, q) in arranged(A, u, B, v)
        ),
        _draw_nearest(random),
    ]


def _again(trial: Trial, cases: Sequence[_Case]) -> bool:
    """Whether it gives the same when its arguments are used again."""
    first, other = cases
    pairs = zip((first, first, other), trial.reuse(first.arguments, other.arguments), strict=True)
    return all(came_back(outcome, case.right, _PARTS) for case, outcome in pairs)


def _parts(case: _Case, outcome: Outcome) -> list[Part]:
    return parts_of(outcome, case.right, _PARTS)


def _component(trial: Trial, cases: Sequence[_Case], outcomes: Sequence[Outcome], k: int) -> Finding:
    for case, outcome in zip(cases, outcomes, strict=True):
        if not isinstance(outcome, Returned):
            return failed(case.name, outcome)
        part = _parts(case, outcome)[k]
        if same(part, case.right[k]):
            continue
        example = trial.example(NAMES[:5], case.arguments[:5], outcome.value, case.right)
        name, text = _named(trial, cases, outcomes, k)
        said = part.problem or (s.NOT_THE_SMALLEST if k == 0 else "the losses are wrong")
        return Finding(False, f"{seen_with(case.name, said)} {text}".strip(), name, example)
    what = ("The λ with the smallest validation loss is chosen", "All validation losses are right")[k]
    return Finding(True, f"{what}, with {' and '.join(case.name for case in cases)}.")


def _named(
    trial: Trial, cases: Sequence[_Case], outcomes: Sequence[Outcome], k: int
) -> tuple[str | None, str]:
    """The mistake that explains all cases, and fresh ones with losses that are the same, or nearly so."""
    random = np.random.default_rng(int(trial.random.integers(1 << 62)))
    ties = [_draw_tie(random, order) for order in _TIES]
    again = [*_draw_cases(random), *ties, _draw_near(random), _draw_near(random)]
    asked = [*zip(cases, outcomes, strict=True)]
    asked += zip(again, trial.ask(*[case.arguments for case in again]), strict=True)
    pairs = [(case, _returned(outcome)) for case, outcome in asked]
    found = {name: text for name, text, gives in _WRONG if all(_is(got, gives(case)) for case, got in pairs)}
    if not found and k == 1:  # beside another mistake, in the choice
        found = {
            name: text
            for name, (text, made) in WRONG_LISTS.items()
            if all(got and _equal(got[1], made(case.lambdas, case.right[1])) for case, got in pairs)
        }
    if not found and all(got and _is((got[1], got[0]), case.right) for case, got in pairs):
        found = {"results_exchanged": s.EXCHANGED}
    return the_only(found.items())


def _returned(outcome: Outcome) -> tuple[Any, Any] | None:
    value = outcome.value if isinstance(outcome, Returned) else None
    return tuple(value) if isinstance(value, tuple | list) and len(value) == 2 else None


def _is(got: tuple[Any, Any] | None, wanted: tuple[Any, Any]) -> bool:
    return got is not None and all(_equal(one, other) for one, other in zip(got, wanted, strict=True))


def _equal(got: Any, wanted: Any) -> bool:
    try:
        values = np.asarray(got, float)
    except (TypeError, ValueError):
        return False
    return values.shape == np.shape(wanted) and bool(np.allclose(values, wanted, 1e-11, 1e-13))


def _simulations() -> Iterator[tuple[str, str, Callable[[_Case], tuple[Any, Any]]]]:
    """Every known mistake, with what it gives in a case."""
    for name, (text, places) in WRONG_PLACES.items():
        yield name, text, partial(_Case.choose, places=places)
    choices = [(name, text, chosen) for name, (text, chosen) in WRONG_CHOICES.items()]
    for name, text, chosen in [*choices, *ON_TIES]:
        yield name, text, partial(_choosing, chosen=chosen)
    for name, (text, made) in WRONG_LISTS.items():
        yield name, text, partial(_listing, made=made)


def _choosing(case: _Case, chosen: Choice) -> tuple[Any, Any]:
    _, losses = case.right
    return float(chosen(case.lambdas, losses)), losses


def _listing(case: _Case, made: List) -> tuple[Any, Any]:
    """The losses as they are made; of those that are left out none can be chosen."""
    lam, losses = case.right
    found = made(case.lambdas, losses)
    tried = found if 1 < len(found) < len(losses) else losses
    return float(case.lambdas[tried.argmin()]) if len(tried) < len(losses) else lam, found


def _draw_near(random: np.random.Generator) -> _Case:
    """The best λ between others whose losses are nearly the same: it is neither the first nor the last of
    them, neither the smallest nor the largest."""
    grid = np.logspace(-2.0, 0.5, 200)
    while True:
        case = _Case("losses that nearly tie", *_draw(random, 8, 11, 4), grid)
        best = case.right[0]
        lambdas = best * np.array([1.3, 0.99, 1.1, 0.999, 1.0, 1.001, 0.9, 1.01, 0.8])
        near = replace(case, lambdas=lambdas)
        if 0.02 < best < 2.0 and near.right[1].argmin() in (3, 4, 5):
            return near


def _draw_nearest(random: np.random.Generator) -> _Case:
    """The best λ after one whose loss is the same to six digits."""
    while True:
        near = _draw_near(random)
        losses = near.right[1]
        gap = np.diff(np.sort(losses)[:2])[0]
        if gap > 1e-11 and np.round(losses, 6).argmin() < losses.argmin():
            return near


_WRONG = tuple(_simulations())
# Orders in which the first, the last, the smallest and the largest λ with the same loss are not the same.
_TIES = ((9.0, 0.45, 0.4, 0.5, 0.47), (9.0, 0.46, 0.41, 0.52, 0.43), (8.0, 0.44, 0.52, 0.47, 0.41))


def _edges(trial: Trial, cases: Sequence[_Case], outcomes: Sequence[Outcome]) -> Finding:
    for k in (0, 1):
        finding = _component(trial, cases, outcomes, k)
        if not finding.passed:
            return finding
    return right_with(cases)


def _curve(curve_title: str, trial: Trial) -> Finding:
    """The validation losses of a choice that is the same for all."""
    train, validation = _draw(np.random.default_rng(5), 14, 40, 9)
    case = _Case(curve_title, train, validation, np.logspace(-3, 1, 17))
    (outcome,) = trial.ask(case.arguments)
    _, losses = case.right
    parts = _parts(case, outcome)
    values = to_draw(outcome, parts, 1)
    if isinstance(values, Finding):
        return values
    axis = "place in the list of λ, from 0"
    curves = Curves(curve_title, drawn(values), losses.tolist(), axis, "loss")
    if same(parts[1], losses):
        return Finding(True, same_curve(curve_title), curves=curves)
    return Finding(False, f"{curve_title}: the curve is another one than the reference's.", curves=curves)
