"""What a rule is: a kind of exercise, how it is judged, and all that is said about it.

The engine finds a rule through the exercise that holds it, and asks it for what is declared here. A rule is a
folder: `rule.py` fulfils the Protocol below, `judge.py` judges, `check.py` is what the kit runs on
students' machines.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Protocol, runtime_checkable

import numpy as np

from autograder.judging.misconception import Misconception
from autograder.judging.reference import Reference
from autograder.judging.trial import Judged, Task, Trial
from autograder.report import Formula


@dataclass(frozen=True)
class Check:
    """One thing that is judged and has points.

    Parameters
    ----------
    name
        As a rubric's points and the report write it.
    title
        As students read it.
    meaning
        For instructors: what it asks for, in a sentence or two.
    """

    name: str
    title: str
    meaning: str


# Checks that several rules have.
EDGES = Check(
    "edges", "Edge cases", "Right in the edge cases too. Counts only if the ordinary values are right."
)
FORM = Check(
    "form",
    "Form (shapes, types, no side effects)",
    "Right shapes and types, no argument changed, no memory shared between results. "
    "Counts only if the ordinary values are right.",
)
ORDER = Check(
    "order",
    "Random order",
    "A fresh random order each time, drawn from rng alone, and all of them equally likely.",
)


def learning_curve(meaning: str) -> Check:
    """The check of a learning curve."""
    return Check("curve", "Learning curve", meaning)


@dataclass(frozen=True)
class Input:
    """Arguments that students are asked with: what kind they are of, their name, and how they are drawn."""

    kind: Literal["ordinary", "edge case", "must raise ValueError"]
    name: str
    draw: Callable[[np.random.Generator], tuple[Any, ...]]


@dataclass(frozen=True)
class StandIn:
    """What is right, to take the place of a wrong function while others that call it are judged.

    ``depth`` is how deep lists and tuples lie in what it gives: 0 where it gives an array or a number. A
    student's right function may give lists in place of arrays, with which the others cannot calculate.
    """

    parameters: tuple[str, ...]
    required: tuple[str, ...]
    right: Callable[..., Any]
    depth: int = 0


@dataclass(frozen=True)
class Separation:
    """Whether the inputs tell wrong formulas apart: how many there are, those they cannot tell, and which are
    one and the same function."""

    count: int = 0
    weak: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Read:
    """The formula of one component, as it was read from a function."""

    formula: Formula
    is_right: bool


class Reader(Protocol):
    """Reads the formulas that a function computes."""

    @property
    def calls(self) -> Sequence[tuple[Any, ...]]:
        """Arguments whose results are needed; the function is traced at the first of them."""

    def read(self, trace: Any, returned: Sequence[Any]) -> Mapping[str, Read]:
        """Check → what was read; hostile data, and nothing where it cannot be read.

        Parameters
        ----------
        trace
            The graph of the function, traced at the first of `calls`: hostile data.
        returned
            What the function gave for each of `calls`.
        """


@runtime_checkable
class Rule(Protocol):
    """A kind of exercise. Rules inherit from it for what is the same for most of them."""

    @property
    def checks(self) -> tuple[Check, ...]:
        """All that can have points, in the order in which students read it."""

    @property
    def parameters(self) -> tuple[str, ...]:
        """Names of the function's arguments, as the exercise's text has them."""

    def begin(self, trial: Trial) -> Callable[[], Judged]:
        """Send on their way what calls are known beforehand, and return what judges the outcomes.

        Between the two the submission's process works on its own.
        """

    def known_misconceptions(self) -> Sequence[Misconception]:
        """Every misconception that feedback can name."""

    def names(self) -> frozenset[str]:
        """The names that feedback can give to mistakes: what a rubric may give credit for."""
        return frozenset(known.name for known in self.known_misconceptions())

    def gives(self, name: str) -> bool:
        """Whether feedback can give this name; a rule that knows some without deriving says so here."""
        return name in self.names()

    def required(self) -> tuple[str, ...]:
        """Names of the checks that must have points: what an exercise is about."""
        return ()

    def problems(self, task: Task) -> Iterator[str]:
        """What is wrong with how the exercise is declared, each as a sentence."""
        yield from ()

    def references(self) -> tuple[Reference, ...]:
        """What results are compared with, where that is a function."""
        return ()

    def inputs(self) -> tuple[Input, ...]:
        """What students are asked with, where that is drawn beforehand."""
        return ()

    def public_examples(self, task: Task) -> dict[str, Any]:
        """What the kit's check needs to know, as JSON: everybody may read it."""
        return {}

    def prepare(self) -> None:
        """Work out what judging wrong functions takes, for this process and those that are forked from it:
        without it each of them does so when it first needs it."""

    def stand_in(self) -> StandIn | None:
        """What may take a wrong function's place; None where that would tell an answer."""
        return None

    def reader(self, task: Task) -> Reader | None:
        """What reads the formulas that wrong functions compute; None where there are none to read."""
        return None

    def wrong_functions(self) -> Iterator[tuple[str, Callable[..., Any]]]:
        """Misconceptions that can be tried out, the commonest first: the name that feedback should give each
        of them, and a function that has it."""
        for known in self.known_misconceptions():
            if known.function is not None:
                yield known.name, known.function

    def untried(self) -> Mapping[str, str]:
        """The other misconceptions, with the reason why each of them cannot be tried out."""
        return {
            known.name: "no function is known that has it"
            for known in self.known_misconceptions()
            if known.function is None
        }

    def separation(self) -> Separation:
        """Whether the inputs that students get tell all declared and derived misconceptions apart."""
        return Separation()


def check_names(rule: Rule) -> tuple[str, ...]:
    """The names of a rule's checks."""
    return tuple(check.name for check in rule.checks)


def folder(rule: Rule) -> Path:
    """The folder that holds all there is to know of a rule."""
    return Path(inspect.getfile(type(rule))).parent


def summary(rule: Rule) -> str:
    """What a rule is, as its class says in its first paragraph."""
    text = inspect.getdoc(type(rule)) or ""
    return " ".join(text.partition("\n\n")[0].removeprefix("Rule: ").split())
