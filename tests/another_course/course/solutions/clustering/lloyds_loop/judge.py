"""Rule `LloydsLoop`: results beside those of the right loop, and of loops with one mistake each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from autograder.judging.comparison import Part, agree, take_apart
from autograder.judging.misconception import Misconception
from autograder.judging.trial import (
    Asked,
    Finding,
    Judged,
    Trial,
    failure,
    judge_form,
    not_yet,
    sentence,
)
from autograder.report import Curves
from autograder.sandbox.host import Outcome, Returned

NAMES = ("points", "centres", "max_steps")
_PARTS = ("centres", "inertia")
_CENTRES, _INERTIA = 0, 1

Arguments = tuple[np.ndarray, np.ndarray, int]
Result = tuple[np.ndarray, np.ndarray]
Draw = Callable[[np.random.Generator], Arguments]


# ------------------------------------------------------------------------------------------ the loop


def _squares(points: np.ndarray, centres: np.ndarray) -> np.ndarray:
    return ((points[:, None] - centres) ** 2).sum(axis=2)


def _moved(points: np.ndarray, centres: np.ndarray) -> np.ndarray:
    """The means; a centre without points stays."""
    labels = _squares(points, centres).argmin(axis=1)
    means = [
        points[labels == k].mean(axis=0) if np.any(labels == k) else old for k, old in enumerate(centres)
    ]
    return np.array(means)


def _mean_of_each_point(points: np.ndarray, centres: np.ndarray) -> np.ndarray:
    """Means along the coordinates: one number, in all coordinates of the centre."""
    labels = _squares(points, centres).argmin(axis=1)
    means = [np.full_like(old, points[labels == k].mean()) for k, old in enumerate(centres)]
    return np.array(means)


def _to_nothing(points: np.ndarray, centres: np.ndarray) -> np.ndarray:
    labels = _squares(points, centres).argmin(axis=1)
    return np.array([points[labels == k].mean(axis=0) for k in range(len(centres))])


def _to_zero(points: np.ndarray, centres: np.ndarray) -> np.ndarray:
    labels = _squares(points, centres).argmin(axis=1)
    sums = [points[labels == k].sum(axis=0) / max(1, np.sum(labels == k)) for k in range(len(centres))]
    return np.array(sums)


def _still(before: np.ndarray, after: np.ndarray, _losses: Sequence[float]) -> bool:
    return bool(np.array_equal(before, after))


def _nearly_still(before: np.ndarray, after: np.ndarray, losses: Sequence[float]) -> bool:
    return losses[-1] > 0.9 * losses[-2]


def _never(*_: object) -> bool:
    return False


def run(
    points: np.ndarray,
    centres: np.ndarray,
    max_steps: int,
    *,
    move: Callable[[np.ndarray, np.ndarray], np.ndarray] = _moved,
    stop: Callable[[np.ndarray, np.ndarray, Sequence[float]], bool] = _still,
    start: bool = True,
    end: bool = True,
    mean: bool = False,
) -> Result:
    """The loop with a way to move, a way to stop, and what is recorded."""
    now = np.asarray(centres, float)

    def inertia() -> float:
        nearest = _squares(points, now).min(axis=1)
        return float(nearest.mean() if mean else nearest.sum())

    found = [inertia()]
    for _ in range(max_steps):
        before, now = now, move(points, now)
        found.append(inertia())
        if stop(before, now, found):
            break
    return now, np.array(found[0 if start else 1 : None if end else -1])


def _one_step_only(points: np.ndarray, centres: np.ndarray, max_steps: int) -> Result:
    return run(points, centres, min(1, max_steps))


def _one_step_less(points: np.ndarray, centres: np.ndarray, max_steps: int) -> Result:
    return run(points, centres, max(0, max_steps - 1))


def _one_step_more(points: np.ndarray, centres: np.ndarray, max_steps: int) -> Result:
    return run(points, centres, max_steps + 1)


def _last_step_not_made(points: np.ndarray, centres: np.ndarray, max_steps: int) -> Result:
    """Ended before the step in which nothing moves is recorded."""
    found, inertia = run(points, centres, max_steps)
    return found, inertia[:-1] if len(inertia) > 1 and inertia[-1] == inertia[-2] else inertia


MISCONCEPTIONS = (
    Misconception(
        "wrong_axis",
        "The mean is taken over the coordinates as well: each coordinate has a mean of its own.",
        partial(run, move=_mean_of_each_point),
    ),
    Misconception("one_step_only", "Only one step is made, whatever max_steps says.", _one_step_only),
    Misconception("one_step_less", "A step is missing: max_steps of them are made.", _one_step_less),
    Misconception("one_step_more", "There is a step too many.", _one_step_more),
    Misconception(
        "start_not_recorded", "The inertia of the centres at the start is missing.", partial(run, start=False)
    ),
    Misconception("end_not_recorded", "The inertia after the last step is missing.", partial(run, end=False)),
    Misconception("mean_for_sum", "The inertia is a sum over the points, no mean.", partial(run, mean=True)),
    Misconception(
        "stops_too_early",
        "It stops too early: a step that gains little moves the centres all the same.",
        partial(run, stop=_nearly_still),
    ),
    Misconception(
        "still_step_left_out",
        "It stops too early: the step in which no centre moves is a step, and is recorded.",
        _last_step_not_made,
    ),
    Misconception(
        "never_stops",
        "It stops too late: once no centre moves, nothing more can happen.",
        partial(run, stop=_never),
    ),
    Misconception(
        "empty_becomes_nan",
        "A centre without points becomes NaN, as the mean of nothing: it stays where it is.",
        partial(run, move=_to_nothing),
    ),
    Misconception(
        "empty_becomes_zero",
        "A centre without points moves to zero: it stays where it is.",
        partial(run, move=_to_zero),
    ),
)


# ---------------------------------------------------------------------------------------- the inputs


def _spread(n: int, d: int, K: int, least: int, steps: int) -> Draw:
    """Points and centres whose loop takes at least so many steps, with no centre left alone on the way."""

    def draw(random: np.random.Generator) -> Arguments:
        while True:
            points = random.normal(size=(n, d)) * np.arange(1, d + 1) + np.arange(d)
            centres = points[random.permutation(n)[:K]] + random.normal(size=(K, d)) * 0.1
            now, alone = centres, False
            for _ in range(steps):
                alone |= len(set(_squares(points, now).argmin(axis=1).tolist())) < K
                now = _moved(points, now)
            if not alone and len(run(points, centres, 50)[1]) > least:
                return points, centres, steps

    return draw


def _alone(random: np.random.Generator) -> Arguments:
    """The second centre is far from all points."""
    points = random.normal(size=(9, 2)) + 3
    return points, np.array([points[0], [80.0, -70.0], points[1]]), 1


def _whole(random: np.random.Generator) -> Arguments:
    return random.integers(-9, 10, (11, 2)), np.array([[-4, 1], [5, -2]]), 1


def _settled(random: np.random.Generator) -> Arguments:
    """Two centres that are the means of their points already."""
    shift = random.integers(1, 5)
    points = np.array([[0.0, 1.0], [2.0, 3.0], [20.0, 9.0], [22.0, 9.0]]) + shift
    return points, np.array([[1.0, 2.0], [21.0, 9.0]]) + shift, 5


ORDINARY = {
    "one step": _spread(15, 2, 3, 4, 1),
    "two steps": _spread(19, 3, 3, 5, 2),
    "three steps": _spread(22, 2, 4, 5, 3),
}
STOPPING = {
    "many steps to the end": _spread(25, 2, 3, 5, 40),
    "more steps than it takes": _spread(21, 3, 4, 4, 60),
    "centres that need not move": _settled,
}
EDGES = {
    "no step at all": _spread(9, 2, 2, 2, 0),
    "one coordinate": _spread(12, 1, 3, 3, 2),
    "a single centre": _spread(8, 2, 1, 1, 1),
    "a centre without points": _alone,
    "arrays of integers": _whole,
}


def _clouds() -> Arguments:
    random = np.random.default_rng(5)
    points = np.concatenate([random.normal(at, 1.0, (20, 2)) for at in ((0, 0), (4, 1), (1, 5))])
    return points, points[:3] + 0.25, 12


# --------------------------------------------------------------------------------------- the findings


@dataclass(frozen=True)
class _Case:
    """A call beside what is right."""

    name: str
    arguments: Arguments
    outcome: Outcome

    @property
    def right(self) -> Result:
        return run(*self.arguments)

    @property
    def parts(self) -> list[Part]:
        assert isinstance(self.outcome, Returned)
        return take_apart(self.outcome.value, self.right, _PARTS)

    def gives(self, k: int, result: Result) -> bool:
        """Whether part k of what came back is this; NaN where NaN is meant."""
        if not isinstance(self.outcome, Returned):
            return False
        with np.errstate(all="ignore"):
            part = take_apart(self.outcome.value, result, _PARTS)[k]
            if part.values is None:
                return False
            missing = np.isnan(result[k])
            if not np.array_equal(np.isnan(part.values), missing):
                return False
            cleared = Part(np.where(missing, 0.0, part.values))
            return agree(cleared, np.where(missing, 0.0, result[k]), self._scale)

    def holds(self, k: int) -> bool:
        return self.gives(k, self.right)

    @property
    def _scale(self) -> float:
        points, centres, _ = self.arguments
        return 1.0 + float(_squares(points, centres).sum())


def begin(trial: Trial) -> Callable[[], Judged]:
    """Send all calls on their way, and return what judges their outcomes."""
    asked = {
        name: trial.send([draw(trial.random) for draw in cases.values()])
        for name, cases in (("ordinary", ORDINARY), ("stopping", STOPPING), ("edges", EDGES))
    }
    asked["curve"] = trial.send([_clouds()])
    return lambda: _judge(trial, asked)


def _judge(trial: Trial, asked: dict[str, Asked]) -> Judged:
    ordinary = _cases(ORDINARY, asked["ordinary"])
    findings = {
        "centres": _component(trial, ordinary, _CENTRES, "The centres are"),
        "inertia": _component(trial, ordinary, _INERTIA, "The inertia is"),
    }
    if all(finding.passed for finding in findings.values()):
        stopping, edges = _cases(STOPPING, asked["stopping"]), _cases(EDGES, asked["edges"])
        fine = "It ends after the right step, and only then."
        findings["stop"] = _whole_results(trial, ordinary, stopping, fine)
        findings["edges"] = _whole_results(trial, ordinary, edges, f"Right: {', '.join(EDGES)}.")
        # With no step at all the centres may come back as they are.
        polite = [case for case in (*ordinary, *edges[1:]) if isinstance(case.outcome, Returned)]
        findings["form"] = judge_form(
            ((case.name, case.parts) for case in polite),
            [case.outcome for case in polite],
            NAMES,
            "It returns (centres, inertia), and no argument is changed.",
        )
    else:
        findings |= not_yet("stop", "edges", "form")
    findings["curve"] = _curve(_Case("three clouds", _clouds(), *asked["curve"].outcomes()))
    return findings, [case.outcome for case in ordinary]


def _cases(draws: dict[str, Draw], asked: Asked) -> list[_Case]:
    calls: Any = asked.calls
    return [_Case(*each) for each in zip(draws, calls, asked.outcomes(), strict=True)]


def _component(trial: Trial, cases: Sequence[_Case], k: int, what: str) -> Finding:
    wrong = next((case for case in cases if not case.holds(k)), None)
    if wrong is None:
        return Finding(True, f"Right with {', '.join(case.name for case in cases)}.")
    return _told(trial, wrong, cases, (k,), f"{what} not right")


def _whole_results(trial: Trial, ordinary: Sequence[_Case], cases: Sequence[_Case], fine: str) -> Finding:
    """Where something is wrong, the mistake must also leave the ordinary cases as they are."""
    wrong = next((case for case in cases if not (case.holds(_CENTRES) and case.holds(_INERTIA))), None)
    if wrong is None:
        return Finding(True, fine)
    return _told(trial, wrong, [*ordinary, *cases], (_CENTRES, _INERTIA), "the result is not right")


def _told(trial: Trial, wrong: _Case, cases: Sequence[_Case], parts: Sequence[int], what: str) -> Finding:
    """What is wrong, with the one mistake that explains all cases."""
    if not isinstance(wrong.outcome, Returned):
        return Finding(False, sentence(f"With {wrong.name}: {failure(wrong.outcome)}"), fault=wrong.outcome)
    example = trial.example(NAMES, wrong.arguments, wrong.outcome.value, wrong.right)
    named = _named(cases, parts)
    if len(named) == 1:
        text = f"With {wrong.name}: {named[0].sentence}"
        return Finding(False, sentence(text), named[0].name, example)
    problem = next((wrong.parts[k].problem for k in parts if wrong.parts[k].problem), what)
    return Finding(False, sentence(f"With {wrong.name}: {problem}"), example=example)


def _named(cases: Sequence[_Case], parts: Sequence[int]) -> list[Misconception]:
    """Those that explain these parts in all cases; of several those that explain the whole result."""
    fits = [known for known in MISCONCEPTIONS if _explains(known, cases, parts)]
    whole = [known for known in fits if _explains(known, cases, (_CENTRES, _INERTIA))]
    return whole if len(fits) > 1 and whole else fits


def _explains(known: Misconception, cases: Sequence[_Case], parts: Sequence[int]) -> bool:
    with np.errstate(all="ignore"):
        return all(case.gives(k, _quiet(known, case.arguments)) for case in cases for k in parts)


def _quiet(loop: Callable[..., Result], arguments: Arguments) -> Result:
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return loop(*arguments)


def _curve(case: _Case) -> Finding:
    if not isinstance(case.outcome, Returned):
        return Finding(False, sentence(f"No curve: {failure(case.outcome)}"), fault=case.outcome)
    right = [float(x) for x in case.right[_INERTIA]]
    value = case.outcome.value
    try:
        got = np.asarray(value[_INERTIA], float).ravel()[:1000]
    except (TypeError, ValueError, IndexError, KeyError):
        return Finding(False, "No curve: the inertia is no sequence of numbers.")
    curves = Curves(
        "k-means on three clouds", [float(x) if np.isfinite(x) else None for x in got], right, "step"
    )
    if case.holds(_INERTIA):
        return Finding(True, "The inertia on three clouds is the reference's at every step.", curves=curves)
    return Finding(False, "The inertia on three clouds is another one.", curves=curves)
