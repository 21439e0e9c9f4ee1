"""Rule `Train`: the outer loop, with epochs and losses that the referee makes up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from autograder.judging.arranged import arranged
from autograder.judging.cases import (
    MANY,
    came_back,
    drawn,
    failed,
    parts_of,
    right_with,
    same,
    seen_with,
    the_only,
)
from autograder.judging.comparison import Part
from autograder.judging.trial import Finding, Judged, Trial, judge_form, not_yet, own
from autograder.report import Curves
from autograder.rules.train import sentences
from autograder.rules.train.made_up import epoch_of, loss_of
from autograder.rules.train.misconceptions import (
    ABOUT_LOSSES,
    ABOUT_PARAMETERS,
    ABOUT_THE_END,
    Trained,
    train,
)
from autograder.rules.train.sentences import LOSSES, NOT_THE_LAST, PARAMETERS
from autograder.sandbox.host import Outcome, Returned
from autograder.sandbox.inside.public import Public
from autograder.sandbox.inside.wire import Constant

NAMES = ("epoch", "loss", "w", "b", "max_epochs", "tolerance")
_PARTS = ("w", "b", "losses")
# Mistakes that lead to other parameters.
_MOVED = ("start_returned", "before_the_last", "one_epoch_more", "one_epoch_less", "always_from_the_start")


@dataclass(frozen=True)
class _Case:
    """A training whose losses are known beforehand.

    An epoch moves b by one, and by that the loss knows how many there have been: calling either more often
    than needed changes nothing. In a ``steady`` one all epochs end in the same place.
    """

    name: str
    losses: tuple[float, ...]
    w: np.ndarray
    b: float
    max_epochs: int
    tolerance: tuple[float | None, ...] = ()
    steady: bool = False

    @property
    def arguments(self) -> tuple[Any, ...]:
        return (*self._callables, self.w, self.b, self.max_epochs, *self.tolerance)

    @cached_property
    def _callables(self) -> tuple[Any, Any]:
        if self.steady:
            return Constant((0.9 * self.w, self.b + 1.0)), Constant(self.losses[0])
        shape = self.w.shape
        loss = Public.of(loss_of, shape, float(self.b), self.losses, sentences.TAKES)
        return Public.of(epoch_of, shape, sentences.TAKES), loss

    @cached_property
    def right(self) -> Trained:
        """What the right loop returns."""
        return train(*self.arguments)


def judge(trial: Trial) -> Judged:
    """Findings by check, and the outcomes of ordinary trainings."""
    random = trial.random
    falling = tuple(float(x) for x in 4.0 * 0.7 ** np.arange(30) + random.uniform(0.1, 0.2, 30))

    def case(name: str, losses: Sequence[float], epochs: int, *tolerance: float | None, d: int = 3) -> _Case:
        return _Case(name, tuple(losses), random.normal(size=d), float(random.normal()), epochs, tolerance)

    ordinary = [case("5 epochs", falling, 5), case("8 epochs and no tolerance", falling, 8, None)]
    outcomes = trial.ask(*[c.arguments for c in ordinary])
    findings = {
        "losses": _component(trial, ordinary, outcomes, 2),
        "parameters": _parameters(trial, ordinary, outcomes),
    }
    right = findings["losses"].passed and findings["parameters"].passed
    # dyadic losses: differences are exact, so "less than" is told from "at most"
    slowing = (8.0, 4.0, 2.0, 1.5, 1.25, 1.125, 1.0625, 1.0, 0.75, 0.5)
    hardly_falling = (1.0, 1.0 - 2**-30, 1.0 - 2**-29, 1.0 - 2**-28, 0.5, 0.5, 0.25)
    rising = (5.0, 3.0, 2.0, 2.0, 2.5, 2.25, 1.0, 0.5, 0.25, 0.125)
    stopping = [
        case(sentences.REACHED, slowing, 9, 0.2),
        case(sentences.EXACTLY, slowing, 9, 0.25),
        case(sentences.RISING, rising, 9, 0.0),
        case(sentences.RISING_FAR, (5.0, 3.0, 4.0, 0.25, 0.125, 0.0625), 5, 0.5),
        case("a first epoch that gains too little", (2.0, 1.875, 0.5, 0.25, 0.125, 0.0625), 5, 0.25),
        case(sentences.NEVER_REACHED, falling, 4, 1e-6),
        case("a loss that stays", (5.0, 3.0, 3.0, 2.0, 1.0, 0.5), 5, 0.25),
        case("losses above 1000", [1000 + loss for loss in slowing[3:]], 6, 0.2),
        case("a negative tolerance", (5.0, 4.0, 4.125, 3.0, 3.5, 1.0, 0.5), 6, -0.25),
        case("a tolerance that is an integer", (9.0, 6.0, 4.0, 3.5, 1.0, 0.5), 5, 1),
    ]
    if not right:
        return findings | not_yet("tolerance", "edges", "form"), outcomes
    stopped = trial.ask(*[c.arguments for c in stopping])
    findings["tolerance"] = _tolerance(trial, stopping, stopped)
    edges = [
        case("no epoch at all", falling, 0),
        case("one parameter", falling, 3, d=1),
        case("losses that rise, and no tolerance", rising, 8),
        case("losses that hardly fall, and no tolerance", hardly_falling, 5),
        _Case("integer parameters", falling, np.array([3, -2]), 1, 3),
        case("losses that come to 0, and no tolerance", (2.0, 0.0, 0.0, 0.25), 3),
        case("losses that grow far, and no tolerance", (1.0, 0.5, 50.0, 2.0), 3),
        case("a first loss that is an integer", (8, 4.5, 2.25), 2),
        _Case("b = 0", falling, np.full(2, 0.5), 0.0, 4),
        *(
            _Case(f"{name} in w", falling, w, b, 4)
            for name, (w, b) in arranged(random.normal(size=3), float(random.normal()))
        ),
        case("losses that are infinite or NaN, and no tolerance", (2.0, np.inf, np.nan, 1.0), 3),
        _Case(f"{MANY} epochs", falling, np.ones(2), 0.0, MANY, steady=True),
    ]
    edge_outcomes = trial.ask(*[c.arguments for c in edges])
    findings["edges"] = _edges(trial, edges, edge_outcomes)
    # w may come back as it was given where there was no epoch, or none was better than the one before
    asked = [*zip(ordinary, outcomes, strict=True), *zip(edges[1:-2], edge_outcomes[1:-2], strict=True)]
    findings["form"] = judge_form(
        ((case.name, _parts(case, outcome)) for case, outcome in asked),
        [outcome for _, outcome in asked],
        NAMES,
        "It returns (w, b, losses), and no argument is changed.",
        lambda: own(_again(trial, ordinary)),
    )
    return findings, outcomes


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
        expected = case.right[k]
        part = _parts(case, outcome)[k]
        if same(part, expected):
            continue
        example = trial.example(NAMES[2:], case.arguments[2:], outcome.value)
        curves = _curves(case, outcome)
        if k == 2:
            name, text = _named_losses(cases, outcomes)
            text = text or part.problem or "the losses are not those before the first and after each epoch"
            return Finding(False, seen_with(case.name, text), name, example, curves)
        name = _named_parameters(cases, outcomes)
        text = PARAMETERS.get(name or "", "") or LOSSES.get(name or "", "")
        text = text or part.problem or f"{_PARTS[k]} is {NOT_THE_LAST}"
        return Finding(False, seen_with(case.name, text), name, example, curves)
    text = f"Right with {' and '.join(case.name for case in cases)}."
    return Finding(True, text, curves=_curves(cases[-1], outcomes[-1]))


def _parameters(trial: Trial, cases: Sequence[_Case], outcomes: Sequence[Outcome]) -> Finding:
    for k in (0, 1):
        finding = _component(trial, cases, outcomes, k)
        if not finding.passed:
            return finding
    return Finding(True, "w and b are those after the last epoch.")


def _curves(case: _Case, outcome: Outcome) -> Curves | None:
    assert isinstance(outcome, Returned)
    value = outcome.value
    if not isinstance(value, tuple | list) or len(value) != 3:
        return None
    try:
        losses = np.asarray(value[2], float).ravel()[:1000]
    except (TypeError, ValueError):
        return None
    reference = [float(loss) for loss in case.right[2]]
    if not np.isfinite(reference).all():
        return None
    return Curves(f"train with {case.name}", drawn(losses), reference, "epoch")


def _named_losses(cases: Sequence[_Case], outcomes: Sequence[Outcome]) -> tuple[str | None, str]:
    """What explains the losses of all trainings."""
    if all(_exchanged(case, outcome) for case, outcome in zip(cases, outcomes, strict=True)):
        return "results_exchanged", sentences.EXCHANGED
    losses = [_losses_of(outcome) for outcome in outcomes]
    if any(each is None for each in losses):
        return None, ""
    came = [each for each in losses if each is not None]
    all_epochs = all(
        same(_parts(case, outcome)[k], case.right[k])
        for case, outcome in zip(cases, outcomes, strict=True)
        for k in (0, 1)
    )
    ruled_out = "one_epoch_less" if all_epochs else "last_loss_missing"  # which give the same losses
    name = next(
        (
            known.name
            for known in ABOUT_LOSSES
            if known.name != ruled_out
            and all(_equal(got, known(*c.arguments)[2]) for c, got in zip(cases, came, strict=True))
        ),
        None,
    )
    if name is None:
        right = [case.right[2] for case in cases]
        return _in_general(right, came)
    return name, LOSSES[name]


def _in_general(right: Sequence[np.ndarray], came: Sequence[np.ndarray]) -> tuple[str | None, str]:
    """Mixed with the ones before, or cut short."""
    pairs = list(zip(right, came, strict=True))
    if all(len(got) == len(wanted) > 2 for wanted, got in pairs):
        wanted, got = pairs[0]
        share = (got[1] - got[0]) / (wanted[1] - got[0]) if wanted[1] != got[0] else 0.0
        if 0 < share < 1 and all(_equal(got, _smoothed(wanted, share)) for wanted, got in pairs):
            return "smoothed", sentences.SMOOTHED
    short = [len(got) < len(wanted) - 1 for wanted, got in pairs]
    if any(short) and all(_equal(got, wanted[: len(got)]) for wanted, got in pairs):
        return "stops_early", sentences.STOPS_EARLY
    return None, ""


def _smoothed(losses: np.ndarray, share: float) -> np.ndarray:
    found = [float(losses[0])]
    for loss in losses[1:]:
        found.append((1 - share) * found[-1] + share * float(loss))
    return np.array(found)


def _equal(got: np.ndarray, wanted: np.ndarray) -> bool:
    return got.shape == wanted.shape and bool(np.allclose(got, wanted, 1e-9, 1e-12))


def _losses_of(outcome: Outcome) -> np.ndarray | None:
    value = outcome.value if isinstance(outcome, Returned) else None
    if not isinstance(value, tuple | list) or len(value) != 3:
        return None
    try:
        return np.asarray(value[2], float).ravel()
    except (TypeError, ValueError):
        return None


def _exchanged(case: _Case, outcome: Outcome) -> bool:
    """Whether all is right, in another order."""
    value = outcome.value if isinstance(outcome, Returned) else None
    if not isinstance(value, tuple | list) or len(value) != 3:
        return False
    right = case.right
    return any(
        came_back(Returned([value[place] for place in order]), right, _PARTS)
        for order in ((1, 0, 2), (2, 0, 1), (1, 2, 0), (0, 2, 1), (2, 1, 0))
    )


def _named_parameters(cases: Sequence[_Case], outcomes: Sequence[Outcome]) -> str | None:
    """Which other parameters came back from all trainings; with no epoch they are all the same."""
    pairs = list(zip(cases, outcomes, strict=True))
    for known in (*ABOUT_PARAMETERS, *ABOUT_LOSSES):
        ends = [known(*case.arguments) for case in cases]
        if known.name in _MOVED and all(
            isinstance(outcome, Returned) and same(_parts(case, outcome)[k], end[k])
            for (case, outcome), end in zip(pairs, ends, strict=True)
            for k in (0, 1)
        ):
            return known.name
    return None


def _tolerance(trial: Trial, cases: Sequence[_Case], outcomes: Sequence[Outcome]) -> Finding:
    wrong = [(c, o) for c, o in zip(cases, outcomes, strict=True) if not came_back(o, c.right, _PARTS)]
    if not wrong:
        return Finding(True, "It stops after the right epoch, and only then.")
    case, outcome = wrong[0]
    if not isinstance(outcome, Returned):
        return failed(case.name, outcome)
    again = _fresh(trial)
    asked = [
        *zip(cases, outcomes, strict=True),
        *zip(again, trial.ask(*[c.arguments for c in again]), strict=True),
    ]
    fits = {
        known.name: known.sentence
        for known in ABOUT_THE_END
        if all(came_back(o, known(*c.arguments), _PARTS) for c, o in asked)
    }
    name, text = the_only(fits.items())
    example = trial.example(NAMES[2:], case.arguments[2:], outcome.value)
    parts, expected = parts_of(outcome, case.right, _PARTS), case.right
    stops = bool(parts) and same(parts[2], expected[2])
    said = f"w and b are {NOT_THE_LAST}" if stops else "it does not stop after the right epoch"
    said = f"{seen_with(case.name, said)} {text}"
    return Finding(False, said.strip(), name, example, _curves(case, outcome))


def _fresh(trial: Trial) -> list[_Case]:
    """Further trainings, whose losses go up and down: what is told of the end must explain these, too."""
    random = np.random.default_rng(int(trial.random.integers(1 << 62)))
    cases = []
    for tolerance in (0.0, 0.1, 0.3, -0.2, 0.5, 1.0, 2.0, 3.0):
        losses = 5.0 - np.cumsum(random.normal(0.4, 0.6, 12))
        w, b = random.normal(size=2), float(random.normal())
        cases.append(_Case("fresh losses", tuple(map(float, losses)), w, b, 10, (tolerance,)))
    rising = 5.0 + np.cumsum(random.uniform(0.3, 1.2, 12))
    cases.append(_Case("rising losses", tuple(map(float, rising)), np.ones(2), 0.5, 10, (-2.0,)))
    return cases


def _edges(trial: Trial, cases: Sequence[_Case], outcomes: Sequence[Outcome]) -> Finding:
    """All is judged in all cases but the last but one: of losses that are no numbers it is where the training
    ends."""
    for k in range(len(_PARTS)):
        kept = [place for place in range(len(cases)) if k != 2 or place != len(cases) - 2]
        finding = _component(trial, [cases[p] for p in kept], [outcomes[p] for p in kept], k)
        if not finding.passed:
            return finding
    return right_with(cases)
