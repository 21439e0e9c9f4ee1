"""Whether an exercise is right as far as can be seen here, and the text that says it."""

from __future__ import annotations

import importlib
import sys
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from .sentences import NEVER_OVERFLOWS, warns
from . import published
from .trial import MistakeError, NotWrittenError, Trial

LAST_LINE = "The grade also uses other inputs."
# How often in a row each exercise was wrong.
_tries: Counter[str] = Counter()
_PACKAGE = __package__ or ""


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


def judge(name: str, namespace: Mapping[str, Any], tries: int = 1) -> tuple[bool, str, float]:
    """Whether an exercise is right as far as can be seen here, the text that says it, and the share of the
    points that is earned.

    Parameters
    ----------
    name
        Of the exercise: that of its function.
    namespace
        What the student's file or notebook defines, by name.
    tries
        How often in a row it was wrong before; the hint gets plainer with them.
    """
    if name not in published.exercises():
        return (
            False,
            f"There is no exercise {name!r} here: choose from {', '.join(published.exercises())}.",
            0.0,
        )
    if not callable(namespace.get(name)):
        return False, f"{name} is not defined: run the cell that defines it.", 0.0
    trial = Trial(name, namespace)
    problem = _problem(trial)
    if isinstance(problem, NotWrittenError):
        return False, _not_written(name, str(problem)), 0.0
    if problem is not None:
        points = trial.exercise["points"]
        earned = float(sum(points.get(check, 0) for check in trial.earned))
        return False, _explanation(trial, problem, tries, earned), earned / sum(points.values())
    lines = [f"{name}: everything is right here."]
    lines += [f"  NumPy warned {_with(where)}: {text}" for text, where in trial.warned.items()]
    return True, "\n".join([*lines, LAST_LINE]), 1.0


def _problem(trial: Trial) -> MistakeError | NotWrittenError | None:
    """What is wrong with an exercise here, if anything is."""
    try:
        _rule(trial.exercise["rule"])(trial)
        if trial.exercise["quiet"] and trial.warned:
            text, where = next(iter(trial.warned.items()))
            raise MistakeError(where, warns(text), NEVER_OVERFLOWS)
        trial.raise_faults()
    except (MistakeError, NotWrittenError) as problem:
        return problem
    return None


def _rule(name: str) -> Callable[[Trial], None]:
    rule: Callable[[Trial], None] = importlib.import_module(f"{_PACKAGE}.{name}.check").check
    return rule


def _name_of(function: Any, namespace: Mapping[str, Any]) -> str:
    own = str(getattr(function, "__name__", ""))
    named = [name for name in published.exercises() if namespace.get(name) is function]
    return own if own in named or not named else named[0]


def _not_written(name: str, culprit: str) -> str:
    if culprit != name:
        return f"{name}: not written yet as far as can be seen: it calls {culprit}, which is not written yet."
    return f"{name}: not written yet (when it is, delete the line that raises NotImplementedError)."


def _explanation(trial: Trial, mistake: MistakeError, tries: int, earned: float) -> str:
    unfinished = [] if "right values" in str(mistake) else _unfinished(trial)
    lines = dict(mistake.lines)
    if unfinished:
        lines["likely"] = (
            f"{trial.name} calls {' and '.join(unfinished)}: not right yet either, fix that first."
        )
    lines["look at"] = _look_at(trial.exercise, tries)
    if earned:
        every = sum(trial.exercise["points"].values())
        lines["so far"] = f"{earned:g} of {every:g} points are right here"
    body = [f"  {key:9} {text}" for key, text in lines.items() if text]
    return "\n".join([f"{trial.name} is not right yet {_with(mistake.where)}.", *body, LAST_LINE])


def _look_at(exercise: Mapping[str, Any], tries: int) -> str:
    """A question first; the slide, where it is wrong once more; then the array operation in words."""
    slide = f"{exercise['hint']} (slide “{exercise['slide']}”)"
    hints = [exercise["hint"], slide, exercise["operation"] or slide]
    return str(hints[min(tries, len(hints) - 1)])


def _with(where: str) -> str:
    return f"on {where}" if where == published.WORKED else f"with {where}"


def _unfinished(trial: Trial) -> list[str]:
    """Other exercises that this function calls by name and that may be why it is wrong.

    One that is wrong on special inputs alone is not why this one is wrong on ordinary ones.
    """
    used = getattr(getattr(trial.function, "__code__", None), "co_names", ())
    others = [name for name in used if name in published.exercises() and name != trial.name]
    return [name for name in others if not is_right(name, trial, ordinary=not trial.right_so_far)]


def is_right(name: str, trial: Trial, ordinary: bool = False) -> bool:
    """Whether another exercise of the same student is right here.

    Parameters
    ----------
    name
        Of the other exercise.
    trial
        Of the exercise that calls it; meanwhile that one counts as not defined.
    ordinary
        Whether it is enough that its values are right on ordinary inputs.
    """
    namespace = {key: value for key, value in trial.namespace.items() if key != trial.name}
    if not callable(namespace.get(name)):
        return False
    other = Trial(name, namespace)
    return _problem(other) is None or (ordinary and other.right_so_far)
