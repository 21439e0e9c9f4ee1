"""Rule `GradientNoise`: which batches were drawn, told from the distance of their gradients to the full one.

On eight examples all batches of three can be listed. With one draw the result must be one of their distances,
with two the root of the mean of two squares: that tells the formula and the draws apart from anything else,
whatever random calls are made. With many draws the result is compared with its exact expectation.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from autograder.judging.cases import MANY, NO_VALUES, failed, seen_with
from autograder.judging.comparison import Part, show, take_apart
from autograder.judging.membership import unfair, weighted
from autograder.judging.randomness import judge_seed, judge_shuffling
from autograder.judging.trial import Finding, Judged, Trial, failure, judge_form, not_yet, own, sentence
from autograder.report import Curves
from autograder.rules.gradient_noise.curve import CURVE_DRAWS, curve_points
from autograder.rules.gradient_noise.population import (
    SAME,
    UNLUCKY,
    Population,
    among,
    bounds,
    draw,
    draw_distinct,
    of_three,
    pairs_of,
    simulated,
)
from autograder.rules.gradient_noise.sentences import FORMULAS, SAMPLES
from autograder.rules.sgd_epoch.calls import Log
from autograder.rules.sgd_epoch.orders import Setting
from autograder.sandbox.host import Outcome, Returned
from autograder.sandbox.inside.wire import Constant, RandomGenerator

NAMES = ("X", "y", "w", "b", "batch_size", "draws", "rng", "gradient")
# Calls with one draw, and with two.
_CALLS = 16
_DRAWS = 80
_RANKS = 400
_AGAIN = 6
_MORE = 60
# As many draws as there are pairs of four examples, in so many calls: independent draws always give the same
# less than once in 10⁹.
_ALL_OF_FOUR, _TIMES = 6, 12


def judge(curve_title: str, trial: Trial) -> Judged:
    """Findings by check, and the outcomes of ordinary calls.

    Parameters
    ----------
    curve_title
        What the curve is called in the feedback.
    trial
        Of the student's function.
    """
    random = trial.random
    # two models: whoever writes one model's gradient out instead of calling `gradient` fails at the other
    linear = draw_distinct(random, 8, 3, neuron=False)
    neuron = draw_distinct(random, 7, 2, neuron=True)
    seed = int(random.integers(1 << 62))

    def ask(
        population: Population, *draws: int, seed: int = seed, log: Log | None = None, steady: Any = None
    ) -> list[Outcome]:
        generator = RandomGenerator(int(random.integers(1 << 31)), seed)
        gradients = {2: log.gradient} if log else {MANY: steady}
        arguments = {n: population.arguments(n, generator, gradients.get(n)) for n in draws}
        return trial.ask(*[arguments[n] for n in draws])

    asked: list[tuple[Population, list[int], list[Outcome]]] = [
        (linear, [1, 2] * _CALLS, ask(linear, *[1, 2] * _CALLS)),
        (neuron, [2, 1] * 3, ask(neuron, *[2, 1] * 3)),
    ]
    ordinary = [outcome for *_, found in asked for outcome in found]
    value = _value(trial, asked, lambda: ask(neuron, *[3] * _AGAIN))
    if value.passed and _one_distance_of_two(linear, asked[0][2], ask):
        text = seen_with("two draws", FORMULAS["largest_distance"])
        value = Finding(False, text, "largest_distance")
    if not value.passed:
        findings = {"value": value} | not_yet("draws", "edges", "form")
        return findings | {"curve": _curve(curve_title, trial, seed, value, value)}, ordinary

    def batches_of_pairs() -> int:
        log = Log(linear.setting)
        ask(linear, *[1, 2] * _CALLS, log=log)
        return log.batches(linear.setting.batch_size)

    many = draw(random, 12, 4)
    (many_draws,) = ask(many, _DRAWS)
    edge_outcomes, edges = _edges(random, ask)
    draws = _sampling(linear, asked[0][2], batches_of_pairs) or _many(many, many_draws)
    draws = draws or _members(trial, linear, asked[0][2])
    draws = draws or _independent(ask(draw(random, 4, 2), *[_ALL_OF_FOUR] * _TIMES))
    findings = {"value": value, "draws": draws or _seeds(trial, ask, linear), "edges": edges}
    findings["curve"] = _curve(curve_title, trial, seed, value, findings["draws"])
    findings["form"] = judge_form(
        (("this call", _parts(outcome)) for outcome in (*ordinary, *edge_outcomes)),
        [*ordinary, *edge_outcomes],
        NAMES,
        "A number, and no argument is changed.",
        lambda: own(_again(trial, linear, neuron, seed)),
    )
    return findings, ordinary


def _again(trial: Trial, one: Population, other: Population, seed: int) -> bool:
    """Whether it gives what batches lead to when its arguments are used again."""
    generator = RandomGenerator(int(trial.random.integers(1 << 31)), seed)
    outcomes = trial.reuse(one.arguments(1, generator), other.arguments(1, generator))
    return all(
        among(_number(outcome), np.sqrt(population.squares), population.scale)
        for population, outcome in zip((one, one, other), outcomes, strict=True)
    )


def _parts(outcome: Outcome) -> list[Part]:
    return take_apart(outcome.value, (0.0,), ("value",)) if isinstance(outcome, Returned) else []


def _number(outcome: Outcome) -> float:
    """The result as a number; NaN where it is none."""
    parts = _parts(outcome)
    return float(parts[0].values) if parts and parts[0].values is not None else math.nan


# ------------------------------------------------------------------------------------------- value


def _value(
    trial: Trial,
    asked: Sequence[tuple[Population, Sequence[int], Sequence[Outcome]]],
    again: Callable[[], list[Outcome]],
) -> Finding:
    """Whether every result is one that batches lead to; `again` asks for three draws of the last ones."""
    for population, draws, outcomes in asked:
        possible = {1: np.sqrt(population.squares), 2: np.sqrt(pairs_of(population.squares))}
        for count, outcome in zip(draws, outcomes, strict=True):
            if not isinstance(outcome, Returned):
                return Finding(False, sentence(failure(outcome)), fault=outcome)
            if among(_number(outcome), possible[count], population.scale):
                continue
            (part,) = _parts(outcome)
            p = population.setting
            example = trial.example(NAMES[:6], (p.X, p.y, p.w, p.b, p.batch_size, count), outcome.value)
            if part.problem:
                return Finding(False, sentence(part.problem), None, example)
            name = _named(asked, again)
            text = (
                f"With {p.n} examples, batch size {p.batch_size} and {_times(count)}, no choice of batches "
            )
            text += f"leads to what came back. {FORMULAS.get(name or '', '')}"
            return Finding(False, text.strip(), name, example)
    return Finding(True, "Every result is one that batches of this size lead to.")


def _one_distance_of_two(
    population: Population, outcomes: Sequence[Outcome], ask: Callable[..., list[Outcome]]
) -> bool:
    """Whether two draws give one of two distances, the larger or the smaller one.

    Each result is that of a single batch then, as it is where one batch is drawn and used twice. Of many
    such results the ranks tell: of one batch they are uniform with mean 1/2, of the larger of two the mean is
    2/3. With `_RANKS` of them the bound is 5.7 standard deviations from either.
    """
    if not all(a == b for a, b in _decoded_pairs(population, outcomes[1::2])):
        return False
    again = ask(population, *[2] * _RANKS)
    numbers = np.array([_number(outcome) for outcome in again])
    ranks = np.searchsorted(np.sort(population.squares), numbers**2 * (1 - SAME)) + 0.5
    varied = len(np.unique(ranks)) > len(population.squares) / 2  # not one batch for ever
    return varied and bool(abs(ranks.mean() / len(population.squares) - 0.5) > 1 / 12)


def _times(draws: int) -> str:
    return "one draw" if draws == 1 else f"{draws} draws"


def _named(
    asked: Sequence[tuple[Population, Sequence[int], Sequence[Outcome]]], again: Callable[[], list[Outcome]]
) -> str | None:
    """The misconception that explains everything that came back, if exactly one does, and three draws too."""
    fits: list[str] = []
    tables = [simulated(population) for population, _, _ in asked]
    for name in tables[0]:
        if all(
            among(_number(outcome), table[name][count - 1], population.scale)
            for table, (population, draws, outcomes) in zip(tables, asked, strict=True)
            for count, outcome in zip(draws, outcomes, strict=True)
        ):
            fits.append(name)
    if "single_examples" in fits:  # which are batches with replacement, of one example three times
        fits.remove("with_replacement")
    if "nothing" in fits:  # which is also the spread of draws that are all the same
        fits = ["nothing"]
    if not fits:
        return None
    population, outcomes = asked[-1][0], again()
    possible = {name: of_three(population, name) for name in fits}
    fits = [
        name for name in fits if all(among(_number(o), possible[name], population.scale) for o in outcomes)
    ]
    return fits[0] if len(fits) == 1 else None


# ------------------------------------------------------------------------------------------- draws


def _sampling(
    population: Population, outcomes: Sequence[Outcome], batches_of_pairs: Callable[[], int]
) -> Finding | None:
    """What is wrong with the batches of single draws and of pairs; None where nothing is.

    ``batches_of_pairs()`` asks again, and tells how many batches the pairs were made of.
    """
    n, batches = population.setting.n, population.batches
    singles = np.array([_number(outcome) for outcome in outcomes[::2]])
    alone = [batches[k] for k in _nearest(np.sqrt(population.squares), singles)]
    pairs = _decoded_pairs(population, outcomes[1::2])
    equal, disjoint = 1 / len(batches), math.comb(n - len(batches[0]), len(batches[0])) / len(batches)
    if _shuffled(alone, population) == "no_reshuffle":
        name: str | None = "no_reshuffle"
    elif _tail(len(pairs), sum(a == b for a, b in pairs), equal) < UNLUCKY:
        if not batches_of_pairs():  # it may be another formula, that gives one of two distances
            return Finding(False, "The result of two draws always looks like that of a single one.")
        name = "same_batch"
    elif _tail(len(pairs), sum(not set(a) & set(b) for a, b in pairs), disjoint) < UNLUCKY:
        name = "disjoint_batches"
    else:
        name = _shuffled([*alone, *itertools.chain(*pairs)], population)
    return Finding(False, SAMPLES[name], name) if name else None


def _nearest(possible: np.ndarray, results: np.ndarray) -> np.ndarray:
    return np.asarray(np.abs(possible - results[:, None]).argmin(axis=1))


def _decoded_pairs(
    population: Population, outcomes: Sequence[Outcome]
) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    """The two batches of every call with two draws."""
    batches = population.batches
    first, second = np.triu_indices(len(batches))
    results = np.array([_number(outcome) for outcome in outcomes])
    found = _nearest(np.sqrt(pairs_of(population.squares)), results)
    return [(batches[first[k]], batches[second[k]]) for k in found]


def _shuffled(batches: Sequence[tuple[int, ...]], population: Population) -> str | None:
    """Whether every batch seems equally likely, else the name of what is wrong."""
    inside = [np.array([float(i in batch) for i in range(population.setting.n)]) for batch in batches]
    name = judge_shuffling(
        [np.stack([row, 1 - row]) for row in inside], len(population.batches)
    ).misconception
    return "no_reshuffle" if name == "no_shuffle" else name


def _members(trial: Trial, population: Population, outcomes: Sequence[Outcome]) -> Finding | None:
    """What is wrong with which examples are drawn, if anything is; in case of doubt more is asked for."""
    possible = np.sqrt(population.squares)
    generator = RandomGenerator(*map(int, trial.random.integers([1 << 31, 1 << 62])))

    def batches(singles: Sequence[Outcome]) -> list[tuple[int, ...]] | None:
        numbers = np.array([_number(outcome) for outcome in singles])
        if not all(among(number, possible, population.scale) for number in numbers):
            return None
        return [population.batches[k] for k in _nearest(possible, numbers)]

    def more() -> list[tuple[int, ...]] | None:
        return batches(trial.ask_values([population.arguments(1, generator)] * _MORE))

    seen = [*(batches(outcomes[::2]) or ()), *itertools.chain(*_decoded_pairs(population, outcomes[1::2]))]
    told = unfair(weighted(population.setting.n, population.setting.batch_size), seen, more)
    return Finding(False, f"{told}: every batch must be equally likely.", "biased") if told else None


def _independent(outcomes: Sequence[Outcome]) -> Finding | None:
    """What is wrong where as many draws as there are batches always give the same; None where they do not."""
    where = f"{_ALL_OF_FOUR} batches of 4 examples"
    stopped = next((outcome for outcome in outcomes if not isinstance(outcome, Returned)), None)
    if stopped is not None:
        return failed(where, stopped)
    numbers = np.array([_number(outcome) for outcome in outcomes])
    if not np.isfinite(numbers).all():
        outcome = outcomes[int(np.isfinite(numbers).argmin())]
        assert isinstance(outcome, Returned)
        return Finding(
            False, seen_with(where, f"it returned {show(outcome.value)}; expected a finite number")
        )
    if np.ptp(numbers) > SAME * np.abs(numbers).max():
        return None
    return Finding(False, SAMPLES["each_once"], "each_once")


def _many(population: Population, outcome: Outcome) -> Finding | None:
    """What is wrong with the result of many draws; None where it is as near its expectation as can be."""
    if not isinstance(outcome, Returned):
        return failed(f"{_DRAWS} draws", outcome)
    low, high = bounds(population, _DRAWS)
    if low <= _number(outcome) <= high:
        return None
    text = f"With {_DRAWS} draws the result is {_number(outcome):.4g}, which no luck leads to. Do all draws "
    return Finding(False, text + "count, and each of them once?")


def _seeds(trial: Trial, ask: Callable[..., list[Outcome]], population: Population) -> Finding:
    possible = (np.sqrt(population.squares), np.sqrt(pairs_of(population.squares)))

    def run(**seed: int) -> list[Any]:
        numbers = [_number(outcome) for outcome in ask(population, *[1, 2] * 2, **seed)]
        return [
            int(np.abs(known - number).argmin()) if among(number, known, population.scale) else None
            for number, known in zip(numbers, possible * 2, strict=True)
        ]

    first = run()  # in this process, on a generator of its own
    return judge_seed(trial, run, lambda: run(seed=int(trial.random.integers(1 << 62))), first)


def _tail(count: int, seen: int, probability: float) -> float:
    """The probability of at least so many."""
    return sum(
        math.comb(count, k) * probability**k * (1 - probability) ** (count - k)
        for k in range(seen, count + 1)
    )


# ----------------------------------------------------------------------------------- edges, curve


def _edges(random: np.random.Generator, ask: Callable[..., list[Outcome]]) -> tuple[list[Outcome], Finding]:
    X = random.permutation(np.arange(-4, 6)).reshape(5, 2)
    whole = Setting(X, random.integers(-5, 6, size=5), np.array([1, -2]), 1, 0.0, 2)
    cases = {
        "a batch size of n": draw(random, 6, 6),
        "batches of one": draw(random, 6, 1),
        "one example": draw(random, 1, 1),
        "one feature": draw(random, 6, 2, 1),
        "integer arrays": Population(whole),
    }
    cases |= {name: Population(each) for name, each in draw(random, 5, 2).setting.arranged().items()}
    outcomes: list[Outcome] = []
    for name, population in cases.items():
        (outcome,) = ask(population, 1)
        outcomes.append(outcome)
        if not isinstance(outcome, Returned):
            return outcomes, failed(name, outcome)
        if not among(_number(outcome), np.sqrt(population.squares), 10 * population.scale):
            return outcomes, Finding(False, f"With {name} the result is not one that any batch leads to.")
    # every gradient is the same, and no batch's is away from the full one
    (outcome,) = ask(draw(random, 4, 2), MANY, steady=Constant((np.array([0.5, -0.25]), 0.125)))
    if not isinstance(outcome, Returned):
        return outcomes, failed(f"{MANY} draws", outcome)
    if not among(_number(outcome), np.zeros(1), 1.0):
        return outcomes, Finding(
            False, f"With {MANY} draws of one and the same gradient the result is not 0."
        )
    return outcomes, Finding(True, f"Right with {', '.join(cases)}.")


def _curve(curve_title: str, trial: Trial, seed: int, value: Finding, draws: Finding) -> Finding:
    """The noise against the batch size, beside its expectation."""
    if value.fault is not None:
        return Finding(False, NO_VALUES, fault=value.fault)
    points = curve_points()
    generator = RandomGenerator(int(trial.random.integers(1 << 31)), seed)
    outcomes = trial.ask(*[population.arguments(CURVE_DRAWS, generator) for population, _, _ in points])
    numbers = [_number(outcome) for outcome in outcomes]
    student = [number if math.isfinite(number) else None for number in numbers]
    reference = [expected for _, expected, _ in points]
    curves = Curves(curve_title, student, reference, "k, for batches of 2^k of 16 examples", "distance (RMS)")
    inside = [low <= number <= high for number, (*_, (low, high)) in zip(numbers, points, strict=True)]
    if all(inside) and draws.passed:
        text = f"{curve_title}: as near the expectation as {CURVE_DRAWS} draws can be."
        return Finding(True, text, curves=curves)
    if all(inside):
        return Finding(False, "The curve looks right, but not every draw is.", curves=curves)
    at = 2 ** inside.index(False)
    fault = next((outcome for outcome in outcomes if not isinstance(outcome, Returned)), None)
    text = f"{curve_title}: with batches of {at} it is farther from the expectation than any luck."
    return Finding(False, text, curves=curves, fault=fault)
