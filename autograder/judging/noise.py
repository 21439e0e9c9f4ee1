"""Rule `GradientNoise`: which batches were drawn, told from the distance of their gradients to the full one.

Of seven examples all batches of three can be listed. With one draw the result must be one of their distances,
with two the root of the mean of two squares: that tells the formula and the batches, whatever random calls are
made. With many draws the result is compared with its exact expectation.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

import numpy as np

from autograder.homework import GradientNoise
from autograder.judging.comparison import Part, take_apart
from autograder.judging.orders import Problem, judge_shuffling
from autograder.judging.sgd import SEEDS, judge_seed
from autograder.judging.trial import Finding, Judged, Trial, failure, judge_form, not_yet, sentence
from autograder.report import Curves
from autograder.sandbox.host import Outcome, Returned
from autograder.sandbox.inside.wire import RandomGenerator

NAMES = ("X", "y", "w", "b", "batch_size", "draws", "rng", "gradient")
# Relative to the size of the gradients; results of other batches differ by a hundred times as much.
_SAME = 1e-9
# Where the distance is zero the root turns a rounding error of 1e-16 in a difference of squares into 1e-8.
_ZERO = 1e-6
# The draws of each call: 44 batches in all. An example that is never drawn shows in 43: 28 (4/7)^43 < 1e-9.
_DRAWS = (2, 2, 2) + (1, 2, 2) * 7 + (1, 2)
# The first three calls, which are made again with the same seed: other batches would have to agree in all.
_AGAIN = 3
_CURVE_DRAWS = 20
# A right function is called wrong less than once in so many students, for each bound. There are eight for the
# curve, two for equal and for disjoint pairs, and three of 1e-9 for the evenness: less than 1e-6 in all.
_UNLUCKY = 1e-8
# more draws than Python's recursion limit has levels
_MANY = 1200

_FORMULAS = {
    "mean_distance": "That is the mean of the distances: square them first, and take the root of the mean.",
    "not_rooted": "That is the mean of the squared distances: the root is missing.",
    "not_averaged": "The sum of the squares is not divided by draws: their mean is asked for.",
    "divided_outside_root": "The root of the sum is divided by draws: take the root of the mean.",
    "divided_by_one_less": "The squares are divided by draws − 1: their mean is asked for.",
    "distance_of_mean": "That is the distance of the mean of all draws: take each distance first.",
    "spread_of_draws": "That is the spread around the mean of the draws: the distance is to the full gradient.",
    "largest_distance": "That is the largest of the distances: all of them belong to the mean.",
    "one_draw_counts": "Only one of the draws counts: all of them belong to the mean.",
    "bias_left_out": "The distance is that of dw alone: db belongs to it.",
    "weights_left_out": "The distance is that of db alone: dw belongs to it.",
    "distances_added": "The distances of dw and of db are added: they are parts of one vector.",
    "roots_added": "One root for dw and one for db are added: they are parts of one vector, with one root.",
    "averaged_over_parts": "The squares are averaged over the parts of the gradient: they are added up.",
    "sum_of_absolutes": "The absolute values are added up, where the squares make the Euclidean distance.",
    "averaged_twice": "The mini-batch gradient is divided by the batch size: it is a mean already.",
    "full_left_out": "That is the length of the mini-batch gradient: the full one is not subtracted.",
    "difference_of_lengths": "That compares the lengths of the gradients: take the length of their difference.",
    "batch_not_averaged": "Every example has its own distance: take that of the whole mini-batch's gradient.",
    "with_replacement": "Some batches hold an example more than once: draw without replacement.",
    "single_examples": "The batches are single examples: the batch size does not count.",
}
_SAMPLES = {
    "same_batch": "Both draws of a call use the same batch: draw a new one each time.",
    "disjoint_batches": "The batches of a call never share an example: each draw is from all examples.",
    "no_reshuffle": "Every call draws the same batch: take new ones from rng each time.",
    "biased": "Some examples are drawn too often: every batch must be equally likely.",
    "few_orders": "All batches must be possible.",
}
MISCONCEPTIONS = _FORMULAS | _SAMPLES | SEEDS

_Batch = tuple[int, ...]


@dataclass(frozen=True, eq=False)
class _Population:
    """A problem with the gradients of its examples, and of all batches of its size."""

    problem: Problem

    @cached_property
    def full(self) -> np.ndarray:
        """(dw, db) of all examples, shape (d + 1,)."""
        p = self.problem
        return np.append(*p.gradient(p.X, p.y, p.w, p.b))

    @cached_property
    def away(self) -> np.ndarray:
        """(dw, db) of every example less the full gradient, shape (n, d + 1)."""
        p = self.problem
        singles = [p.gradient(p.X[[i]], p.y[[i]], p.w, p.b) for i in range(p.n)]
        return np.array([np.append(dw, db) for dw, db in singles]) - self.full

    @cached_property
    def scale(self) -> float:
        """The size of the gradients."""
        return float(np.abs(self.away).max() + np.abs(self.full).sum())

    def differences(self, batches: Sequence[_Batch]) -> np.ndarray:
        """The batches' gradients less the full one, shape (batches, d + 1)."""
        return np.asarray(self.away[np.array(batches)].mean(axis=1))

    @cached_property
    def batches(self) -> list[_Batch]:
        """All batches without replacement."""
        return list(itertools.combinations(range(self.problem.n), self.problem.batch_size))

    @cached_property
    def squares(self) -> np.ndarray:
        """The squared distance of every batch."""
        return np.asarray((self.differences(self.batches) ** 2).sum(axis=1))

    def possible(self, draws: int) -> np.ndarray:
        """What one draw or two can lead to."""
        return np.sqrt(self.squares if draws == 1 else _pairs(self.squares))

    def arguments(
        self, draws: int, generator: RandomGenerator, gradient: Callable[..., Any] | None = None
    ) -> tuple[Any, ...]:
        p = self.problem
        return (p.X, p.y, p.w, p.b, p.batch_size, draws, generator, gradient or p.gradient)


@dataclass
class _Watched:
    """A gradient that notes how far from the full one the batches are that it is asked for in calls with two
    draws: a hint at what was done with them, no proof."""

    population: _Population
    distances: list[float] = field(default_factory=list)

    def gradient(self, X: object, y: object, w: object, b: object) -> tuple[np.ndarray, float]:
        """As `Problem.gradient`."""
        dw, db = self.population.problem.gradient(X, y, w, b)
        if np.shape(X)[0] == self.population.problem.batch_size:
            self.distances.append(float(np.linalg.norm(np.append(dw, db) - self.population.full)))
        return dw, db

    def pairs(self, calls: int) -> np.ndarray | None:
        """Two distances for each call, if that is how often it was asked."""
        return np.reshape(self.distances, (calls, 2)) if len(self.distances) == 2 * calls else None


@dataclass(frozen=True)
class _Asked:
    """Calls with one draw and with two, and what came of them."""

    population: _Population
    draws: Sequence[int]
    outcomes: Sequence[Outcome]

    def results(self, draws: int) -> np.ndarray:
        """The numbers that calls with so many draws returned."""
        chosen = zip(self.draws, self.outcomes, strict=True)
        return np.array([_number(outcome) for count, outcome in chosen if count == draws])

    def decoded(self, draws: int) -> np.ndarray:
        """Which of `_Population.possible` these are."""
        possible = self.population.possible(draws)
        return np.asarray(np.abs(possible - self.results(draws)[:, None]).argmin(axis=1))

    def pairs(self) -> list[tuple[_Batch, _Batch]]:
        """The two batches of every call with two draws."""
        batches = self.population.batches
        first, second = np.triu_indices(len(batches))
        return [(batches[first[k]], batches[second[k]]) for k in self.decoded(2)]


def _draw_population(random: np.random.Generator, n: int, batch_size: int, *, neuron: bool) -> _Population:
    """One in which all batches, and all pairs of batches, have clearly different distances."""
    while True:
        population = _plain(random, n, batch_size, neuron=neuron)
        if np.diff(np.sort(population.possible(2))).min() > 100 * _SAME * population.scale:
            return population


def _plain(
    random: np.random.Generator, n: int, batch_size: int, d: int = 2, *, neuron: bool = False
) -> _Population:
    X, w = random.normal(size=(n, d)), random.uniform(0.3, 1.0, d) * random.choice([-1, 1], d)
    y = np.arange(n) % 2.0 if neuron else X @ np.linspace(1.5, -0.7, d) + 2 * random.normal(size=n)
    return _Population(Problem(X, y, w, float(random.uniform(0.3, 0.8)), 0.0, batch_size, neuron))


def _pairs(values: np.ndarray) -> np.ndarray:
    """The means of all pairs, a value with itself among them."""
    first, second = np.triu_indices(len(values))
    return np.asarray((values[first] + values[second]) / 2)


def judge(rule: GradientNoise, trial: Trial) -> Judged:
    """Findings by check, and the outcomes of ordinary calls."""
    random = trial.random
    # two models: whoever writes one model's gradient out instead of calling `gradient` fails at the other
    linear = _draw_population(random, 7, 3, neuron=False)
    neuron = _draw_population(random, 8, 2, neuron=True)
    watched = _Watched(linear)
    seed = int(random.integers(1 << 62))

    def ask(calls: Sequence[tuple[_Population, int]], seed: int = seed) -> list[Outcome]:
        """Calls one after another on one living generator."""
        generator = RandomGenerator(int(random.integers(1 << 31)), seed)
        gradients = {(linear, 2): watched.gradient}
        return trial.ask(*[p.arguments(n, generator, gradients.get((p, n))) for p, n in calls])

    asked = [
        _Asked(population, draws, ask([(population, count) for count in draws]))
        for population, draws in ((linear, _DRAWS), (neuron, (1, 2, 1, 2)))
    ]
    ordinary = [outcome for each in asked for outcome in each.outcomes]
    value = _value(trial, asked, watched)
    if value.fault is not None:
        no_curve = Finding(False, "No curve: the function gives no values.", fault=value.fault)
        return {"value": value, "curve": no_curve} | not_yet("draws", "edges", "form"), ordinary
    many = ask([(population, _CURVE_DRAWS) for population, *_ in _curve_points()])
    if not value.passed:
        found = {"value": value, "curve": _curve(rule, many, value)}
        return found | not_yet("draws", "edges", "form"), ordinary
    unfair = _unfair(asked[0], watched) or _unlikely(many)
    edge_outcomes, edges = _edges(random, ask, many)
    shown = [*ordinary, *many, *edge_outcomes]
    return {
        "value": value,
        "draws": unfair or _seeds(trial, ask, asked[0]),
        "edges": edges,
        "form": judge_form(
            (("this call", _parts(outcome)) for outcome in shown),
            shown,
            NAMES,
            "A number, and no argument is changed.",
        ),
        "curve": _curve(rule, many, unfair or value),
    }, ordinary


def _parts(outcome: Outcome) -> list[Part]:
    return take_apart(outcome.value, (0.0,), ("value",)) if isinstance(outcome, Returned) else []


def _number(outcome: Outcome) -> float:
    """The result as a number; NaN where it is none."""
    parts = _parts(outcome)
    return float(parts[0].values) if parts and parts[0].values is not None else math.nan


# ------------------------------------------------------------------------------------------- value


def _value(trial: Trial, asked: Sequence[_Asked], watched: _Watched) -> Finding:
    """Whether every result is one that batches lead to."""
    for each in asked:
        possible = {draws: each.population.possible(draws) for draws in (1, 2)}
        for draws, outcome in zip(each.draws, each.outcomes, strict=True):
            if not isinstance(outcome, Returned):
                return Finding(False, sentence(failure(outcome)), fault=outcome)
            if not _among(_number(outcome), possible[draws], _SAME * each.population.scale):
                return _impossible(trial, asked, each.population, draws, outcome)
    # two batches that differ, and the distance of one of them
    pairs, seen = asked[0].pairs(), watched.pairs(asked[0].draws.count(2))
    if all(a == b for a, b in pairs) and seen is not None and not np.allclose(*seen.T):
        name = _one_of_two(asked[0].results(2), seen)
        text = f"With two draws the result is that of one batch. {_FORMULAS.get(name or '', '')}"
        return Finding(False, text.strip(), name)
    return Finding(True, "Every result is one that batches of this size lead to.")


def _impossible(
    trial: Trial, asked: Sequence[_Asked], population: _Population, draws: int, outcome: Returned
) -> Finding:
    p = population.problem
    example = trial.example(NAMES[:6], (p.X, p.y, p.w, p.b, p.batch_size, draws), outcome.value)
    (part,) = _parts(outcome)
    if part.problem:
        return Finding(False, sentence(part.problem), None, example)
    if part.single_precision:
        text = (
            "It has the 7 digits of float32, where float64 is asked for: leave the dtype as NumPy makes it."
        )
        return Finding(False, text, None, example)
    name = _named(asked)
    drawn = "one draw" if draws == 1 else f"{draws} draws"
    text = f"With {p.n} examples, batch size {p.batch_size} and {drawn}, no choice of batches leads to what"
    text += f" came back. {_FORMULAS.get(name or '', '')}"
    return Finding(False, text.strip(), name, example)


def _among(number: float, possible: np.ndarray, within: float) -> bool:
    if not math.isfinite(number):
        return bool(np.isnan(possible).any())
    return bool(np.any(np.abs(possible - number) <= within))


def _one_of_two(results: np.ndarray, seen: np.ndarray) -> str | None:
    """What was made of each call's two distances, if exactly one thing fits."""
    fits = {
        name
        for name, distances in (
            ("largest_distance", seen.max(axis=1)),
            ("one_draw_counts", seen[:, 0]),
            ("one_draw_counts", seen[:, 1]),
        )
        if np.allclose(distances, results)
    }
    return fits.pop() if len(fits) == 1 else None


def _named(asked: Sequence[_Asked]) -> str | None:
    """The wrong formula that explains everything that came back, if exactly one does."""
    tables = [_mistakes(each.population) for each in asked]
    fits = {
        several[0][0]
        for several in zip(*tables, strict=True)
        if all(
            _among(number, options[draws], _SAME * each.population.scale)
            for options, each in zip(several, asked, strict=True)
            for draws in (1, 2)
            for number in each.results(draws)
        )
    }
    if "single_examples" in fits:  # which are batches with replacement, of one example three times
        fits.discard("with_replacement")
    return fits.pop() if len(fits) == 1 else None


def _mistakes(population: _Population) -> list[tuple[str, np.ndarray, np.ndarray]]:
    """The name of every wrong formula, what it can give with one draw, and with two."""
    p, full = population.problem, population.full
    away = population.differences(population.batches)
    squares, distances = population.squares, np.sqrt(population.squares)
    first, second = np.triu_indices(len(squares))
    of_w, of_b = (away[:, :-1] ** 2).sum(axis=1), away[:, -1] ** 2
    repeated = list(itertools.combinations_with_replacement(range(p.n), p.batch_size))
    each = (population.away**2).sum(axis=1)[np.array(population.batches)]

    def rooted(name: str, of_a_batch: np.ndarray) -> tuple[str, np.ndarray, np.ndarray]:
        return name, np.sqrt(of_a_batch), np.sqrt(_pairs(of_a_batch))

    def length(vectors: np.ndarray) -> np.ndarray:
        return np.asarray((vectors**2).sum(axis=-1))

    lengths = np.sqrt(length(away + full))
    return [
        ("mean_distance", distances, _pairs(distances)),
        ("not_rooted", squares, _pairs(squares)),
        ("not_averaged", distances, np.sqrt(2 * _pairs(squares))),
        ("divided_outside_root", distances, np.sqrt(_pairs(squares) / 2)),
        ("divided_by_one_less", np.array([np.nan]), np.sqrt(2 * _pairs(squares))),
        ("distance_of_mean", distances, np.sqrt(length(away[first] + away[second])) / 2),
        ("spread_of_draws", np.zeros(1), np.sqrt(length(away[first] - away[second])) / 2),
        ("one_draw_counts", distances, np.sqrt(squares / 2)),
        rooted("bias_left_out", of_w),
        rooted("weights_left_out", of_b),
        rooted("distances_added", (np.sqrt(of_w) + np.sqrt(of_b)) ** 2),
        ("roots_added", np.sqrt(of_w) + np.sqrt(of_b), np.sqrt(_pairs(of_w)) + np.sqrt(_pairs(of_b))),
        rooted("averaged_over_parts", squares / away.shape[1]),
        rooted("sum_of_absolutes", np.abs(away).sum(axis=1) ** 2),
        rooted("averaged_twice", length((away + full) / p.batch_size - full / p.n)),
        rooted("averaged_twice", length((away + full) / p.batch_size - full)),
        rooted("averaged_twice", squares / p.batch_size**2),
        rooted("full_left_out", lengths**2),
        rooted("difference_of_lengths", (lengths - np.sqrt(length(full))) ** 2),
        rooted("batch_not_averaged", each.mean(axis=1)),
        rooted("batch_not_averaged", np.sqrt(each).mean(axis=1) ** 2),
        rooted("with_replacement", length(population.differences(repeated))),
        rooted("single_examples", length(population.away)),
    ]


# ------------------------------------------------------------------------------------------- draws


def _unfair(asked: _Asked, watched: _Watched) -> Finding | None:
    """What is wrong with the batches of single draws and of pairs; None where nothing is."""
    population = asked.population
    n, m, possible = population.problem.n, population.problem.batch_size, len(population.batches)
    alone = [population.batches[k] for k in asked.decoded(1)]
    pairs = asked.pairs()
    equal = sum(a == b for a, b in pairs)
    disjoint = sum(not set(a) & set(b) for a, b in pairs)
    if len(set(alone)) == 1:
        return _sampled("no_reshuffle")
    if equal == len(pairs):
        seen = watched.pairs(len(pairs))
        if len(watched.distances) == len(pairs) or (seen is not None and np.allclose(*seen.T)):
            return _sampled("same_batch")
        # one batch, or one of two distances: without a look at the calls nobody knows
        return Finding(False, "The result of two draws is always that of a single batch.")
    if disjoint == len(pairs):
        return _sampled("disjoint_batches")
    everything = [*alone, *itertools.chain(*pairs)]
    inside = np.array([[i in batch for i in range(n)] for batch in everything], float)
    # a batch and what it leaves are the two parts of an order
    fairness = judge_shuffling([np.stack([row, 1 - row]) for row in inside], possible).misconception
    if fairness is not None:
        return _sampled(fairness)
    for seen_so, probability in ((equal, 1 / possible), (disjoint, math.comb(n - m, m) / possible)):
        if _tail(len(pairs), seen_so, probability) < _UNLUCKY:
            return Finding(False, "The two batches of a call depend on each other: draw each of them anew.")
    return None


def _sampled(name: str) -> Finding:
    return Finding(False, _SAMPLES[name], name)


def _unlikely(many: Sequence[Outcome]) -> Finding | None:
    """What is wrong with the results of many draws; None where they are as near their expectation as can be."""
    for (*_, low, high), outcome in zip(_curve_points(), many, strict=True):
        if not isinstance(outcome, Returned):
            return Finding(False, sentence(f"With {_CURVE_DRAWS} draws: {failure(outcome)}"), fault=outcome)
        (part,) = _parts(outcome)
        if part.problem:
            return Finding(False, sentence(f"With {_CURVE_DRAWS} draws: {part.problem}"))
        if not low <= _number(outcome) <= high:
            text = f"With {_CURVE_DRAWS} draws the result is farther from its expectation than luck can lead."
            return Finding(False, f"{text} Do all draws count, and each of them once?")
    return None


def _seeds(trial: Trial, ask: Callable[..., list[Outcome]], asked: _Asked) -> Finding:
    def run(**seed: int) -> list[Any]:
        calls = [(asked.population, draws) for draws in asked.draws[:_AGAIN]]
        return [_number(outcome) for outcome in ask(calls, **seed)]

    first = [_number(outcome) for outcome in asked.outcomes[:_AGAIN]]
    return judge_seed(trial, run, lambda: run(seed=int(trial.random.integers(1 << 62))), first)


def _tail(count: int, seen: int, probability: float) -> float:
    """The probability of at least so many."""
    return sum(
        math.comb(count, k) * probability**k * (1 - probability) ** (count - k)
        for k in range(seen, count + 1)
    )


def _bounds(population: _Population, draws: int) -> tuple[float, float]:
    """Where the root of the mean of `draws` squares lies, each side but for `_UNLUCKY` of all cases.

    Chernoff's bound with the exact distribution of one squared distance D: P(mean ≥ a) ≤ (E[e^(tD)] e^(−ta))^draws
    for every t > 0, so a = (log E[e^(tD)] + log(1/δ)/draws) / t is exceeded with probability δ at most, and
    likewise below. Every t gives a bound; the best of those tried is taken.
    """
    squares, slack = population.squares, _SAME * population.scale
    room = -math.log(_UNLUCKY) / draws
    most, least = squares.max(), squares.min()
    t = np.geomspace(1e-3, 1e3, 200) / most
    up = np.log(np.exp(np.outer(t, squares - most)).mean(axis=1)) + t * most
    down = np.log(np.exp(-np.outer(t, squares - least)).mean(axis=1)) - t * least
    high, low = np.min((up + room) / t), np.max(-(down + room) / t)
    return math.sqrt(max(low, 0.0)) - slack, math.sqrt(high) + slack


# ----------------------------------------------------------------------------------- edges, curve


def _edges(
    random: np.random.Generator, ask: Callable[..., list[Outcome]], many: Sequence[Outcome]
) -> tuple[list[Outcome], Finding]:
    X = random.permutation(np.arange(-4, 6)).reshape(5, 2)
    whole = Problem(X, random.integers(-5, 6, size=5), np.array([1, -2]), 1, 0.0, 2)
    cases = {
        "a batch size of n": _plain(random, 6, 6),
        "batches of one": _plain(random, 6, 1),
        "one example": _plain(random, 1, 1),
        "one feature": _plain(random, 6, 2, 1),
        "integer arrays": _Population(whole),
    }
    outcomes = ask([(population, 1) for population in cases.values()])
    for (name, population), outcome in zip(cases.items(), outcomes, strict=True):
        if not isinstance(outcome, Returned):
            return outcomes, Finding(False, sentence(f"With {name}: {failure(outcome)}"), fault=outcome)
        (part,) = _parts(outcome)
        if part.problem:
            return outcomes, Finding(False, sentence(f"With {name} {part.problem}"))
        within = (_ZERO if len(population.batches) == 1 else 10 * _SAME) * population.scale
        if not _among(_number(outcome), population.possible(1), within):
            return outcomes, Finding(False, f"With {name} the result is not one that any batch leads to.")
    if any(isinstance(o, Returned) and o.deeper >= 10 for o in many):  # only then more need to be tried
        (outcome,) = ask([(_plain(random, 4, 2), _MANY)])
        if not isinstance(outcome, Returned):
            text = f"With {_MANY} draws: {failure(outcome)}"
            return outcomes, Finding(False, sentence(text), fault=outcome)
    return outcomes, Finding(True, f"Right with {', '.join(cases)}.")


@lru_cache(maxsize=1)
def _curve_points() -> list[tuple[_Population, float, float, float]]:
    """Batches of 1, 2, 4 and 8 of sixteen examples: each with its exact expectation, and bounds on results.

    E‖g_B − g‖² = S²/m · (n − m)/(n − 1), with S² the mean squared distance of the examples' gradients:
    sampling without replacement from a finite population (Cochran 1977, Sampling Techniques, theorem 2.2).
    """
    points = []
    for m in (1, 2, 4, 8):
        population = _plain(np.random.default_rng(12), 16, m)
        spread = (population.away**2).sum(axis=1).mean()
        expected = math.sqrt(spread / m * (16 - m) / 15)
        points.append((population, expected, *_bounds(population, _CURVE_DRAWS)))
    return points


def _curve(rule: GradientNoise, many: Sequence[Outcome], before: Finding) -> Finding:
    """The noise against the batch size, beside its expectation; it counts where `before` is passed."""
    numbers = [_number(outcome) for outcome in many]
    student = [number if math.isfinite(number) else None for number in numbers]
    reference = [expected for _, expected, *_ in _curve_points()]
    curves = Curves(
        rule.curve_title, student, reference, "k, for batches of 2^k of 16 examples", "distance (RMS)"
    )
    for number, (population, _, low, high), outcome in zip(numbers, _curve_points(), many, strict=True):
        if not low <= number <= high:
            text = (
                f"{rule.curve_title}: with batches of {population.problem.batch_size} it is farther from the"
            )
            fault = None if isinstance(outcome, Returned) else outcome
            return Finding(False, f"{text} expectation than luck can lead.", curves=curves, fault=fault)
    if not before.passed:
        text = "The curve looks right: it counts once the results of one draw and of two are right."
        return Finding(False, text, curves=curves)
    text = f"{rule.curve_title}: as near the expectation as {_CURVE_DRAWS} draws can be."
    return Finding(True, text, curves=curves)
