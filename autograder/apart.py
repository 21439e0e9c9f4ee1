"""A mistake costs once: who calls a wrong function is judged again, with what is right in its place.

So is who calls a right one that gives lists, with which nobody can calculate as with arrays.

Here alone a submission hears answers. This table says which of its processes has heard what, and what is told
of each; the code below keeps to it.

==============================  =====================================  ==================================
process                         what it has heard                      what is told of it
==============================  =====================================  ==================================
of the first judging            its inputs, and at the end those       everything, and the formulas
                                that formulas are read at
of a second judging, one for    also what is right in the place of     which checks have their points,
each exercise, a new one        other functions that are wrong         and which name was called first
==============================  =====================================  ==================================

The name that is called first is called before the first answer, so that no answer can be in it. Points can
hold one: a function may be right or not by what it heard. That is one bit for each check, and no more.

Functions that call each other in a circle would all be right so, and none of them is: of those each is judged
apart from earlier ones alone.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import msgspec
import numpy as np

from autograder.judging.rule import StandIn
from autograder.report import ExerciseReport, Verdict

# Judges an exercise while these names stand for callables of the referee's.
Judge = Callable[[Mapping[str, Callable[..., Any]]], ExerciseReport]


class Process(Protocol):
    """The part of a session that is needed to leave a process behind."""

    def restart(self) -> None:
        """Let the next call run as the first one of a new process."""


@dataclass(frozen=True)
class Apart:
    """A report, and the functions whose place was taken by what is right, where that earned points."""

    report: ExerciseReport
    called: tuple[str, ...] = ()


def judged_apart(
    first: ExerciseReport,
    wrong: Mapping[str, StandIn],
    session: Process,
    judge: Judge,
    listing: Collection[str] = (),
) -> Apart:
    """An exercise that calls functions that are wrong, or of no use to others.

    The first judging of all of them is over: no submission can hear an answer that it is yet to give.

    Parameters
    ----------
    first
        Its report with the submission's own functions. All words of the result come from there.
    wrong
        What is right, by the names of the functions that are wrong.
    session
        The submission's, in which nothing is under way.
    judge
        Makes the second report.
    listing
        Those that are right, and give lists in place of arrays.

    Returns
    -------
    Apart
        With the first report where nothing is gained.
    """
    called: list[str] = []
    session.restart()
    try:
        again = judge({name: _answering(name, right, called) for name, right in wrong.items()})
    finally:
        session.restart()
    earned = {verdict.check for verdict in again.verdicts if verdict.score >= verdict.max_score > 0}
    points = sum(verdict.max_score for verdict in first.verdicts if verdict.check in earned)
    if points <= first.score or not called:
        return Apart(first)
    return Apart(_told(first, earned, called[0], called[0] in listing), tuple(called))


def in_circles(calls: Mapping[str, Collection[str]]) -> set[str]:
    """The functions that call themselves, through whichever others.

    Examples
    --------
    >>> sorted(in_circles({"a": ["b"], "b": ["c"], "c": ["b"]}))
    ['b', 'c']
    """

    def reached(name: str) -> set[str]:
        found: set[str] = set()
        left = [*calls.get(name, ())]
        while left:
            if (now := left.pop()) not in found:
                found.add(now)
                left += calls.get(now, ())
        return found

    return {name for name in calls if name in reached(name)}


def _answering(name: str, stand_in: StandIn, called: list[str]) -> Callable[..., Any]:
    """What is right behind a name, noting each name when it is called for the first time."""
    parameters = stand_in.parameters

    def call(*arguments: Any, **keywords: Any) -> Any:
        if name not in called:
            called.append(name)
        there = {*parameters[: len(arguments)], *keywords}
        once = len(there) == len(arguments) + len(keywords)
        if not once or not set(stand_in.required) <= there <= set(parameters):
            raise TypeError(f"it is called as {name}({', '.join(parameters)})")
        with np.errstate(all="ignore"):
            return stand_in.right(*arguments, **keywords)

    return call


def nesting(value: Any) -> int:
    """How deep lists and tuples lie in a value, by the first item of each.

    Examples
    --------
    >>> nesting(1.0), nesting([1.0, 2.0]), nesting([[1.0], 2.0])
    (0, 1, 2)
    """
    depth = 0
    while isinstance(value, list | tuple) and value:
        depth, value = depth + 1, value[0]
    return depth


def _told(first: ExerciseReport, earned: set[str], name: str, gives_lists: bool) -> ExerciseReport:
    """The first report with the points of the second judging."""
    verdicts = [_verdict(verdict, verdict.check in earned, name) for verdict in first.verdicts]
    why = (
        ", which gives a list or a tuple where an array is asked for"
        if gives_lists
        else ": that mistake costs points once"
    )
    note = f" (Judged separately from your `{name}`{why}.)"
    verdicts[0] = msgspec.structs.replace(verdicts[0], message=verdicts[0].message + note)
    score = float(sum(verdict.score for verdict in verdicts))
    status = "passed" if score >= first.max_score else "partial"
    return msgspec.structs.replace(first, score=score, status=status, verdicts=verdicts)


def _verdict(old: Verdict, earned: bool, name: str) -> Verdict:
    had = old.score >= old.max_score
    if had and (earned or not old.max_score):
        return old
    if earned:
        text = f"Right with the right `{name}`."
        return Verdict(old.check, old.max_score, old.max_score, text, title=old.title)
    if had:
        text = f"Right with your own `{name}`, and wrong with the right one."
        return Verdict(old.check, 0.0, old.max_score, text, title=old.title)
    return msgspec.structs.replace(old, formula=None)  # it would be that of both mistakes together
