"""Rule `SgdEpoch`: an epoch of mini-batch SGD, judged by where it ends and which orders that tells of."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np

from autograder.judging.cases import MANY, failed
from autograder.judging.comparison import close, take_apart
from autograder.judging.fairness import Track, judge_fairness, possible
from autograder.judging.misconception import Misconception
from autograder.judging.randomness import judge_seed, judge_shuffling
from autograder.judging.sentences import NOT_ITS_OWN
from autograder.judging.trial import Finding, Judged, Trial, failure, manners, not_yet, sentence
from autograder.report import Curves
from autograder.rules.minibatches.partitions import batch_sizes
from autograder.rules.sgd_epoch import numbered
from autograder.rules.sgd_epoch.calls import Log
from autograder.rules.sgd_epoch.fixed import mean_row
from autograder.rules.sgd_epoch.misconceptions import APART, NO_UPDATE, OWN_GRADIENT, RIGHT, Epoch
from autograder.rules.sgd_epoch.orders import SAME_END, Setting, decode, draw_setting, name_of
from autograder.rules.sgd_epoch.sentences import WHOLE_X
from autograder.rules.sgd_epoch.walks import name_of_walk
from autograder.sandbox.host import Outcome, Returned
from autograder.sandbox.inside.public import Public
from autograder.sandbox.inside.wire import Constant, RandomGenerator

NAMES = ("X", "y", "w", "b", "lr", "batch_size", "rng", "gradient")
_EPOCHS = 16
# Mini-batches of one example tell the whole order; with many examples, larger ones tell enough.
_SHUFFLED = Track((4, 4, 4), 60)
_TRACKS = (
    *(Track((1,) * n, count) for n, count in ((2, 8), (3, 30), (5, 30), (16, 10))),
    Track((8,) * 64, 3),
    Track((1,) * 400, 1, once=True),
)
_CURVE_EPOCHS = 8


def judge(curve_title: str, trial: Trial) -> Judged:
    """Findings by check, and the outcomes of ordinary epochs.

    Parameters
    ----------
    curve_title
        What the curve is called in the feedback.
    trial
        Of the student's function.
    """
    # two models: whoever writes one model's gradient out instead of calling `gradient` fails at the other
    neuron = draw_setting(trial.random, 7, 3, 1.7, neuron=True)
    linear = draw_setting(trial.random, 8, 3, 0.27)
    seeds = [int(seed) for seed in trial.random.integers(1 << 62, size=4)]
    settings = [(neuron, seeds[0], 8), (linear, seeds[1], _EPOCHS)]
    outcomes: list[Outcome] = []
    decoded: list[np.ndarray] = []
    for setting, seed, count in settings:
        made = _epochs(trial, setting, seed, count)
        outcomes += made
        finding, decoded = _steps(trial, setting, made, seed)
        if not finding.passed:
            found = {"steps": finding} | not_yet("order", "edges", "form")
            return found | {"curve": _curve(curve_title, trial, neuron, seeds[2], finding)}, outcomes
    edge_outcomes, edges = _edges(trial, seeds[3])
    return {
        "steps": finding,
        "order": _order(trial, linear, seeds[1], decoded, edges),
        "edges": edges,
        "form": _form(trial, (neuron, linear), seeds[3], [*outcomes, *edge_outcomes]),
        "curve": _curve(curve_title, trial, neuron, seeds[2], finding),
    }, outcomes


def _arguments(setting: Setting, generator: RandomGenerator, log: Log | None = None) -> tuple[Any, ...]:
    p = setting
    return (p.X, p.y, p.w, p.b, p.lr, p.batch_size, generator, log.gradient if log else p.gradient)


def _epochs(trial: Trial, setting: Setting, seed: int, count: int, log: Log | None = None) -> list[Outcome]:
    """`count` epochs from the same start, one after another on one living generator."""
    generator = RandomGenerator(int(trial.random.integers(1 << 31)), seed)
    return trial.ask(*[_arguments(setting, generator, log)] * count)


def _end(outcome: Outcome, setting: Setting) -> np.ndarray | None:
    """The parameters an epoch returned, b last; None where they cannot be read."""
    if not isinstance(outcome, Returned):
        return None
    parts = take_apart(outcome.value, (setting.w, setting.b), ("w", "b"))
    values = [part.values for part in parts]
    if any(value is None for value in values):
        return None
    return np.concatenate([np.ravel(value) for value in values if value is not None])


def _ends(outcomes: Sequence[Outcome], setting: Setting) -> list[np.ndarray]:
    """The parameters that epochs returned, up to the first that cannot be read."""
    ends: list[np.ndarray] = []
    for outcome in outcomes:
        end = _end(outcome, setting)
        if end is None:
            break
        ends.append(end)
    return ends


def _steps(
    trial: Trial, setting: Setting, outcomes: Sequence[Outcome], seed: int
) -> tuple[Finding, list[np.ndarray]]:
    """Whether each epoch ends where some order of mini-batches leads, and the batches it must have used."""
    got = _ends(outcomes, setting)
    if len(got) < len(outcomes):
        outcome = outcomes[len(got)]
        if not isinstance(outcome, Returned):
            return Finding(False, sentence(failure(outcome)), fault=outcome), []
        part = next(p for p in take_apart(outcome.value, (setting.w, setting.b), ("w", "b")) if p.problem)
        return Finding(False, sentence(part.problem)), []
    decoded = decode(setting, setting.w, setting.b, RIGHT, np.array(got))
    if decoded is not None:
        return Finding(True, "Every epoch is one pass over all examples, mini-batch by mini-batch."), decoded
    p = setting
    returned = [outcome.value for outcome in outcomes if isinstance(outcome, Returned)]
    example = trial.example(NAMES[:6], (p.X, p.y, p.w, p.b, p.lr, p.batch_size), returned[0])
    said = f"With {setting.n} examples and batch size {setting.batch_size} no order of mini-batches leads to"
    text = f"{said} the w and b that came back."
    wrong = _named(trial, setting, got, seed)
    if wrong is NO_UPDATE:
        return Finding(False, wrong.sentence, wrong.name, example), []
    if wrong is not None:
        return Finding(False, f"{text} {wrong.sentence}", wrong.name, example), []
    return Finding(False, text, None, example), []


def _named(
    trial: Trial, setting: Setting, got: Sequence[np.ndarray], seed: int
) -> Epoch | Misconception | None:
    """What explains where epochs ended; they are asked for once more where their calls of `gradient` tell."""
    start = np.append(setting.w, setting.b)
    if all(np.array_equal(end, start) for end in got):
        return NO_UPDATE
    wrong = name_of(setting, np.array(got))
    if wrong is not None:
        return wrong
    log = Log(setting)
    again = _ends(_epochs(trial, setting, seed, len(got), log), setting)
    if len(again) < len(got):
        return None
    other = replace(setting, neuron=not setting.neuron)
    if not log.calls and decode(other, setting.w, setting.b, RIGHT, np.array(again)) is not None:
        return OWN_GRADIENT
    if log.shuffled_apart(again):
        return APART
    return name_of_walk(setting, log, again)


def _order(
    trial: Trial, setting: Setting, seed: int, decoded: Sequence[np.ndarray], edges: Finding
) -> Finding:
    ((*epochs,),) = _orders(trial, [_SHUFFLED])
    shown = [np.eye(len(_SHUFFLED.sizes))[:, epoch] for epoch in epochs if epoch is not None]
    if len(shown) < len(epochs):
        return Finding(False, _of_no_order(_SHUFFLED.n))
    shuffling = judge_shuffling(shown, possible(_SHUFFLED.sizes))
    if shuffling.problem:
        return Finding(False, shuffling.problem, shuffling.misconception)
    unfair = judge_fairness(partial(_orders, trial), _TRACKS)
    if unfair is not None and (edges.passed or unfair.misconception):  # what breaks there has cost its points
        known = unfair.misconception is not None
        return Finding(False, unfair.sentence if known else _of_no_order(unfair.n), unfair.misconception)

    def run(seed: int) -> list[Any]:
        return _batches(setting, _epochs(trial, setting, seed, 5))

    return judge_seed(trial, lambda: run(seed), lambda: run(seed + 1), decoded[:5])


def _of_no_order(n: int) -> str:
    return f"With {n:,} examples and large gradients no order of the examples leads to what came back."


def _orders(trial: Trial, tracks: Sequence[Track]) -> list[list[np.ndarray | None]]:
    """For each epoch the mini-batch that every example is in."""
    seed = int(trial.random.integers(1 << 62))
    generator = RandomGenerator(int(trial.random.integers(1 << 31)), seed)
    asked = [[numbered.arguments(track, generator)] * track.count for track in tracks]
    outcomes = iter(trial.ask_values([*itertools.chain(*asked)]))
    return [numbered.pieces(list(itertools.islice(outcomes, track.count)), track) for track in tracks]


def _batches(setting: Setting, outcomes: Sequence[Outcome]) -> list[np.ndarray | None]:
    """The batches of each epoch; None for one that no order leads to."""
    found: list[np.ndarray | None] = []
    for outcome in outcomes:
        end = _end(outcome, setting)
        read = None if end is None else decode(setting, setting.w, setting.b, RIGHT, end[None])
        found.append(read[0] if read else None)
    return found


def _edges(trial: Trial, seed: int) -> tuple[list[Outcome], Finding]:
    random = trial.random
    cases = {
        "a batch size above n": draw_setting(random, 3, 5, 0.27),
        "a batch size of n": draw_setting(random, 4, 4, 0.27),
        "batches of one example": draw_setting(random, 4, 1, 0.27),
        "one example": draw_setting(random, 1, 2, 0.27),
        "integer arrays": _whole_numbers(random),
        WHOLE_X: replace(_whole_numbers(random), y=random.normal(size=5)),
        "lr = 0": replace(_whole_numbers(random), w=random.normal(size=2), lr=0),
    }
    cases |= draw_setting(random, 4, 2, 0.27).arranged()
    generator = RandomGenerator(int(random.integers(1 << 31)), seed)
    in_one_place = list(_in_one_place(random, generator))
    asked = [_arguments(setting, generator) for setting in cases.values()]
    came = trial.ask(*asked, *[arguments for _, arguments, _ in in_one_place])
    outcomes = came[: len(cases)]
    for (name, setting), outcome in zip(cases.items(), outcomes, strict=True):
        if not isinstance(outcome, Returned):
            return outcomes, failed(name, outcome)
        end = _end(outcome, setting)
        if end is None or decode(setting, setting.w, setting.b, RIGHT, end[None]) is None:
            text = f"With {name}, w and b are not those after one pass over the data."
            return outcomes, Finding(False, text)
    for (text, arguments, right), outcome in zip(in_one_place, came[len(cases) :], strict=True):
        if not isinstance(outcome, Returned):
            return outcomes, failed(text.partition(":")[0], outcome)
        end = _end(outcome, Setting(*arguments[:6]))
        if end is None or not close(end, right, 1.0, SAME_END):
            return outcomes, Finding(False, f"With {text.replace(':', ',')}.")
    return outcomes, Finding(True, f"Right with {', '.join(cases)}.")


def _in_one_place(
    random: np.random.Generator, generator: RandomGenerator
) -> Iterator[tuple[str, tuple[Any, ...], np.ndarray]]:
    """Epochs that end in one place, in any order: what is told of a wrong one, its arguments, the end."""

    def arguments(X: np.ndarray, y: np.ndarray, lr: float, m: int, gradient: Any) -> tuple[Any, ...]:
        return X, y, np.array([1.5, -0.5]), 2.0, lr, m, generator, gradient

    start = np.array([1.5, -0.5, 2.0])
    slope = np.array([0.5, -0.25, 0.125])
    steady = arguments(
        np.ones((MANY, 2)), np.zeros(MANY), 1e-3, 1, Constant((slope[:2].copy(), float(slope[2])))
    )
    yield f"{MANY} mini-batches: not every one of them is a step", steady, start - MANY * 1e-3 * slope
    rows = np.zeros((11, 3))
    rows[random.permutation(11)[:3]] = random.choice([-3, -2, -1, 1, 2, 3], (3, 3))
    still = arguments(rows[:, :2].copy(), rows[:, 2].copy(), 0.5, 1, Public.of(mean_row))
    text = "mini-batches whose gradient is zero: the steps of the others do not all count"
    yield text, still, start - 0.5 * rows.sum(axis=0)


def _whole_numbers(random: np.random.Generator) -> Setting:
    X = random.permutation(np.arange(-4, 6))[:10].reshape(5, 2)
    w = np.array([random.integers(1, 3), random.integers(-3, -1)])
    return Setting(X, random.integers(-5, 6, size=5), w, 1, 0.03, 2)


def _form(trial: Trial, settings: tuple[Setting, Setting], seed: int, outcomes: Sequence[Outcome]) -> Finding:
    for outcome in outcomes:
        if isinstance(outcome, Returned):
            for part in take_apart(outcome.value, (np.zeros(2), 0.0), ("w", "b")):  # two features everywhere
                if part.form or part.problem:
                    return Finding(False, sentence(f"Right values, but {part.form or part.problem}"))
    impolite = manners(outcomes, NAMES)
    if impolite:
        return Finding(False, sentence(f"Right values, but {impolite}"))
    one, other = settings
    generator = RandomGenerator(int(trial.random.integers(1 << 31)), seed)
    again = trial.reuse(_arguments(one, generator), _arguments(other, generator))
    ends = zip((one, one, other), again, strict=True)
    if any(_batches(setting, [outcome])[0] is None for setting, outcome in ends):
        return Finding(False, sentence(f"Right values, but {NOT_ITS_OWN}"))
    return Finding(True, "It returns (w, b), and no argument is changed.")


def _curve(curve_title: str, trial: Trial, setting: Setting, seed: int, steps: Finding) -> Finding:
    """Train on for some epochs, each from where the last one ended, and decode every one of them."""
    if steps.fault is not None:
        return Finding(False, "No curve: the function gives no parameters to go on with.", fault=steps.fault)
    generator = RandomGenerator(int(trial.random.integers(1 << 31)), seed)
    w, b = setting.w, setting.b
    student = [float(setting.loss(w, b))]
    reference = list(student)
    own = w, b
    orders = np.random.default_rng(seed)
    parted: int | None = None
    for epoch in range(1, _CURVE_EPOCHS + 1):
        now = Setting(setting.X, setting.y, w, b, setting.lr, setting.batch_size, setting.neuron)
        (outcome,) = trial.ask(_arguments(now, generator))
        end = _end(outcome, setting)
        if end is None or not np.all(np.isfinite(end)):
            break
        decoded = decode(now, w, b, RIGHT, end[None]) if parted is None else None
        if decoded is None:
            parted = parted or epoch
            own = _one_epoch(setting, own, orders)
        else:
            own = end[:-1], float(end[-1])
        w, b = end[:-1], float(end[-1])
        student.append(float(setting.loss(w, b)))
        reference.append(float(setting.loss(*own)))
    if len(student) == 1:
        return Finding(False, "No curve: the function gives no parameters to go on with.", fault=steps.fault)
    curves = Curves(curve_title, list(student), reference, "epoch")
    if parted is None and len(student) == _CURVE_EPOCHS + 1 and steps.passed:
        text = f"The orders decoded from {_CURVE_EPOCHS} epochs explain the whole learning curve."
        return Finding(True, text, curves=curves)
    if parted is None:
        return Finding(False, "The curve is right, but not every epoch of this function is.", curves=curves)
    text = f"From epoch {parted} on no order of mini-batches explains the learning curve."
    return Finding(False, text, curves=curves)


def _one_epoch(
    setting: Setting, at: tuple[np.ndarray, float], orders: np.random.Generator
) -> tuple[np.ndarray, float]:
    """The reference's epoch, where the student's can no longer be followed."""
    w, b = at
    order = orders.permutation(setting.n)
    for batch in np.split(order, np.cumsum(batch_sizes(setting.n, setting.batch_size))[:-1]):
        dw, db = setting.gradient(setting.X[batch], setting.y[batch], w, b)
        w, b = w - setting.lr * dw, b - setting.lr * db
    return w, b
