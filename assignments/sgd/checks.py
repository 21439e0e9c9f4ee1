"""Checks your functions while you write them: numbers beside numbers, and what the difference looks like.

In the notebook ``checks.check("mse_gradient")`` prints what it sees; in a terminal ``pytest`` does the same.
The inputs stand in ``examples.json``; the first of each exercise is the worked example of its docstring.
"""

from __future__ import annotations

import contextlib
import copy
import importlib
import json
import sys
import traceback
import warnings
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

TOLERANCE = 1e-8  # of the size of the terms that a value is summed from
LAST_LINE = "The grade also uses other inputs."
WORKED = "the worked example of its docstring"
# Where each rule is, which has the name of the exercise that it is for, or `values`.
_MODULES = {
    "values": "checks_values",
    "minibatches": "checks_batches",
    "sgd_epoch": "checks_batches",
    "gradient_noise": "checks_noise",
    "gradient_descent": "checks_loops",
    "train": "checks_loops",
    "train_validation_test_split": "checks_selection",
    "choose_lambda": "checks_selection",
}


# How often in a row each exercise was wrong.
_tries: Counter[str] = Counter()


# -- what you call


def check(function: Any, points: float = 1.0) -> float:
    """Print what is right or wrong about one exercise.

    Parameters
    ----------
    function : str or callable
        The exercise, by its name or as the function itself.
    points : float
        What it is worth.

    Returns
    -------
    float
        `points` where everything is right here, else the share of what is right; nbgrader reads it as the
        cell's score.
    """
    namespace = sys._getframe(1).f_globals
    name = function if isinstance(function, str) else _name_of(function, namespace)
    right, text, share = judge(name, namespace, _tries[name])
    _tries[name] = 0 if right else _tries[name] + 1
    print(text)
    return round(float(points) * share, 6)


def verify(name: str, module: Any) -> None:
    """For pytest: raise AssertionError with the explanation unless the exercise is right here."""
    __tracebackhide__ = True
    right, text, _ = judge(name, vars(module))
    if not right:
        raise AssertionError(text)


@contextlib.contextmanager
def waiting_for(*names: str) -> Iterator[None]:
    """Around an experiment: as long as a function is not written, say so instead of stopping the notebook."""
    try:
        yield
    except NotImplementedError:
        needed = " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))
        print(f"This experiment waits for {needed}: run the cell again when that is written.")


def squared_error(x1: Any, x2: Any, y: Any, w1: Any, w2: Any, b: Any) -> Any:
    """The squared error (ŷ − y)² of one example, ŷ = w₁x₁ + w₂x₂ + b; arrays give one for each example."""
    return (w1 * x1 + w2 * x2 + b - y) ** 2


def numerical_gradient(loss: Callable[..., Any], arguments: Sequence[Any], positions: Sequence[int]) -> Any:
    """The slope of a loss by central differences: (L(v + h) − L(v − h)) / 2h for every number v.

    Parameters
    ----------
    loss : callable
        ``loss(*arguments)``; one number, or one for each number of the argument that is moved.
    arguments : sequence
        Where the slope is measured.
    positions : sequence of int
        Which of the arguments are moved, counted from 0.

    Returns
    -------
    float or array, or a tuple of them
        One for each position, in the argument's shape.

    Examples
    --------
    >>> numerical_gradient(lambda v: float(v @ v), [np.array([1.0, -2.0])], [0]).round(6)
    array([ 2., -4.])
    """
    slopes = tuple(_slope(loss, list(arguments), position) for position in positions)
    return slopes[0] if len(slopes) == 1 else slopes


def _slope(loss: Callable[..., Any], arguments: list[Any], position: int) -> Any:
    v = np.asarray(arguments[position], float)

    def at(moved: np.ndarray) -> Any:
        arguments[position] = moved if v.ndim else float(moved)
        return np.asarray(loss(*arguments), float)

    h = 1e-5 * (1 + np.abs(v))
    together = (at(v + h) - at(v - h)) / (2 * h)
    if together.shape == v.shape and np.shape(at(v)) == v.shape:
        return together if v.ndim else float(together)
    slope = np.empty(v.shape)
    for index in np.ndindex(v.shape):
        step = np.zeros(v.shape)
        step[index] = h[index]
        slope[index] = float((at(v + step) - at(v - step)) / (2 * h[index]))
    return slope


# -- how one exercise is judged


class MistakeError(Exception):
    """What is wrong with an exercise: where it was seen, and the lines that say it."""

    def __init__(self, where: str, seen: str, likely: str = "", **lines: str) -> None:
        super().__init__(seen)
        self.where = where
        self.lines = {**lines, "seen": seen, "likely": likely}


class NotWrittenError(Exception):
    """A function is still the stub; its name is the argument."""


class Trial:
    """One exercise with the student's function: calls it politely, and notes what it does on the side."""

    def __init__(self, name: str, namespace: Mapping[str, Any]) -> None:
        self.name = name
        self.namespace = namespace
        self.function = namespace[name]
        self.exercise = exercises()[name]
        self.parameters: list[str] = self.exercise["parameters"]
        self.warned: dict[str, str] = {}
        self.faults: list[tuple[str, str]] = []
        self.misshapen = False  # a result has another shape than it should
        self.earned: set[str] = set()  # the checks whose points are sure, whatever is found later

    def call(self, where: str, *arguments: Any) -> Any:
        """The result for these arguments, which the function gets as copies of its own.

        Raises
        ------
        MistakeError
            When the function raises; NotWrittenError when it is still the stub.
        """
        given = [copy.deepcopy(a) if isinstance(a, np.ndarray) else a for a in arguments]
        with warnings.catch_warnings(record=True) as caught, np.errstate(all="warn", under="ignore"):
            warnings.simplefilter("always")
            before = np.geterr()
            try:
                value = self.function(*given)
            except NotImplementedError as error:
                raise NotWrittenError(_innermost(error, self.name)) from None
            except (Exception, SystemExit) as error:
                in_place = "Cannot cast ufunc" in str(error)
                likely = (
                    "An array of integers cannot take floats: make a new array instead." if in_place else ""
                )
                raise MistakeError(where, f"it stops: {_explain(error)}", likely) from error
            if np.geterr() != before:
                self.fault(
                    where, "it changes np.seterr for everybody: np.errstate in a with statement does not"
                )
        for warning in caught:
            self.warned.setdefault(str(warning.message), where)
        for parameter, mine, yours in zip(self.parameters, arguments, given, strict=False):
            if isinstance(mine, np.ndarray):
                if not np.array_equal(mine, yours):
                    self.fault(where, f"it changes its argument {parameter}: make a new array instead")
                if any(np.shares_memory(part, yours) for part in arrays(value)):
                    self.fault(
                        where, f"the result shares memory with the argument {parameter}: return a copy"
                    )
        return value

    def fault(self, where: str, text: str) -> None:
        """Note what is wrong beside the values; it counts where the values are right."""
        self.faults.append((where, text))


def refuses(trial: Trial, where: str, *arguments: Any) -> None:
    """Make sure that the function raises a ValueError for these arguments."""
    try:
        trial.call(where, *arguments)
    except MistakeError as mistake:
        if isinstance(mistake.__cause__, ValueError):
            return
        raise
    raise MistakeError(where, "no error came, where a ValueError is asked for")


def judge(name: str, namespace: Mapping[str, Any], tries: int = 1) -> tuple[bool, str, float]:
    """Whether an exercise is right as far as can be seen here, the text that says it, and the share of the
    points that is earned.

    The hint gets plainer with the number of `tries` before.
    """
    if name not in exercises():
        return False, f"There is no exercise {name!r} here: choose from {', '.join(exercises())}.", 0.0
    if not callable(namespace.get(name)):
        return False, f"{name} is not defined: run the cell that defines it.", 0.0
    trial = Trial(name, namespace)
    try:
        _rule(trial.exercise["rule"])(trial)
        if trial.exercise["quiet"] and trial.warned:
            text, where = next(iter(trial.warned.items()))
            raise MistakeError(
                where, f"right values, but NumPy warns: {text}", "A term overflows on the way."
            )
        for where, text in trial.faults:
            raise MistakeError(where, f"right values, but {text}")
    except NotWrittenError as error:
        return False, _not_written(name, str(error)), 0.0
    except MistakeError as mistake:
        points = trial.exercise["points"]
        share = sum(points.get(check, 0) for check in trial.earned) / sum(points.values())
        return False, _explanation(trial, mistake, tries), share
    lines = [f"{name}: everything is right here."]
    lines += [f"  NumPy warned {_with(where)}: {text}" for text, where in trial.warned.items()]
    return True, "\n".join([*lines, LAST_LINE]), 1.0


@cache
def exercises() -> dict[str, Any]:
    """The exercises of this folder by name, as ``examples.json`` has them."""
    path = Path(__file__).with_name("examples.json")
    try:
        found = json.loads(path.read_text(encoding="utf-8"))["exercises"]
    except FileNotFoundError:
        raise FileNotFoundError(f"{path.name} is missing beside checks.py: take it from the kit.") from None
    assert isinstance(found, dict)
    return found


def _rule(name: str) -> Callable[[Trial], None]:
    rule: Callable[[Trial], None] = getattr(importlib.import_module(_MODULES[name]), name)
    return rule


def _name_of(function: Any, namespace: Mapping[str, Any]) -> str:
    own = str(getattr(function, "__name__", ""))
    named = [name for name in exercises() if namespace.get(name) is function]
    return own if own in named or not named else named[0]


def _not_written(name: str, culprit: str) -> str:
    if culprit != name:
        return f"{name}: not written yet as far as can be seen: it calls {culprit}, which is not written yet."
    return f"{name}: not written yet (when it is, delete the line that raises NotImplementedError)."


def _explanation(trial: Trial, mistake: MistakeError, tries: int) -> str:
    unfinished = [] if "right values" in str(mistake) else _unfinished(trial)
    lines = dict(mistake.lines)
    if unfinished:
        lines["likely"] = (
            f"{trial.name} calls {' and '.join(unfinished)}: not right yet either, mend that first."
        )
    lines["look at"] = _look_at(trial.exercise, tries)
    body = [f"  {key:9} {text}" for key, text in lines.items() if text]
    return "\n".join([f"{trial.name} is not right yet {_with(mistake.where)}.", *body, LAST_LINE])


def _look_at(exercise: Mapping[str, Any], tries: int) -> str:
    """A question first; the slide, where it is wrong once more; then the array operation in words."""
    slide = f"{exercise['hint']} (slide “{exercise['slide']}”)"
    hints = [exercise["hint"], slide, exercise["operation"] or slide]
    return str(hints[min(tries, len(hints) - 1)])


def _with(where: str) -> str:
    return f"on {where}" if where == WORKED else f"with {where}"


def _unfinished(trial: Trial) -> list[str]:
    """Other exercises that this function calls by name and that are not right themselves."""
    used = getattr(getattr(trial.function, "__code__", None), "co_names", ())
    return [name for name in used if name in exercises() and name != trial.name and not is_right(name, trial)]


def is_right(name: str, trial: Trial) -> bool:
    """Whether another exercise of the same student is right here."""
    namespace = {key: value for key, value in trial.namespace.items() if key != trial.name}
    return judge(name, namespace)[0]


def _innermost(error: BaseException, name: str) -> str:
    """The exercise whose stub raised: the last one on the way there."""
    frames = [frame.name for frame in traceback.extract_tb(error.__traceback__)]
    return next((frame for frame in reversed(frames) if frame in exercises()), name)


def _explain(error: BaseException) -> str:
    own = Path(__file__).name
    frames = [f for f in traceback.extract_tb(error.__traceback__) if Path(f.filename).name != own]
    line = next((frame.line for frame in reversed(frames) if frame.line), "")
    text = " ".join(f"{type(error).__name__}: {error}".split())[:300]
    return f"{text} (at “{line}”)" if line else text


# -- how values are read and shown


def arrays(value: Any) -> list[np.ndarray]:
    """The arrays in a result."""
    if isinstance(value, np.ndarray):
        return [value]
    return [part for item in value for part in arrays(item)] if isinstance(value, list | tuple) else []


def show(value: Any) -> str:
    """A value as it is printed here: short."""
    if isinstance(value, np.ndarray | np.generic) and not value.ndim:
        value = value.item()
    if isinstance(value, np.ndarray):
        text = np.array2string(
            value, precision=6, separator=", ", threshold=20, edgeitems=2, suppress_small=True
        )
        return " ".join(text.split())
    if isinstance(value, float):
        return f"{value:.6g}"
    if isinstance(value, tuple | list):
        inside = ", ".join(map(show, value[:6])) + (", …" if len(value) > 6 else "")
        return f"({inside})" if isinstance(value, tuple) else f"[{inside}]"
    return "None (is the return statement missing?)" if value is None else repr(value)[:200]
