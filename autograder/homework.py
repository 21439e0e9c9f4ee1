"""What a rubric declares: a homework, its exercises, how each is judged, and with which inputs."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import numpy as np

from autograder.handouts import Handout
from autograder.judging.rule import Rule

# First line of a notebook's cell that is given: grading runs only what it imports and defines.
GIVEN = "# Given"
# The column of a table that has what committed guesses give back.
GUESSES = "guesses"

# Names of mistakes that are one constant factor: 2, ½, n, 1/n and −1.
CONSTANT_FACTORS = ("factor_2", "factor_half", "summed", "averaged_twice", "sign")

# What feedback may say of the answer.
Reveal = Literal["nothing", "difference", "answer"]
# When students see how an exercise was judged, where a platform can hold it back.
Visibility = Literal["visible", "after_due_date", "after_published", "hidden"]
Draw = Callable[[np.random.Generator], tuple[Any, ...]]
Experiment = Callable[[], Generator[tuple[Any, ...], Any, list[float]]]


def constant_factors(share: float) -> dict[str, float]:
    """Credit for a derivative that is off by one constant factor alone: 2, ½, n, 1/n or −1.

    >>> constant_factors(0.5)["sign"]
    0.5
    """
    return dict.fromkeys(CONSTANT_FACTORS, share)


@dataclass(frozen=True)
class Probe:
    """One set of inputs, drawn anew for every student.

    Parameters
    ----------
    name
        What is special about it, as the student reads it: ``"7 examples, 3 features"``.
    draw
        Takes a seeded generator and returns the arguments in the student's order.
    shape
        How far the axes of its arguments run, where it is named after them: a rule that knows what the axes
        are called names it anew.
    """

    name: str
    draw: Draw
    shape: tuple[int, ...] = ()


@dataclass(frozen=True)
class Curve:
    """A learning curve with the student's function in the loop.

    Parameters
    ----------
    experiment
        Makes a generator that yields the arguments of each call of the student's function, is sent its
        result, and returns the losses (`autograder.rules.values.experiments` has the lecture's).
    title
        What is trained, as a caption.
    """

    experiment: Experiment
    title: str


@dataclass(frozen=True)
class Exercise:
    """One function a student writes.

    Parameters
    ----------
    function
        Its name; submissions are searched for it.
    slide
        Title of the lecture's slide it comes from.
    points
        Check → points, in the order in which students read them. Which checks there are, the rule says.
    rule
        How it is judged.
    example
        Arguments of the worked example in the kit; never a probe.
    gradient_of
        For a derivative, how the kit can check it by central differences: the name of a loss in the kit's
        ``checks.py`` or of the student's own function, and the positions of the arguments to move.
    hint
        A question that sends a student who is stuck back to the slide; no formula.
    operation
        For who is stuck still: the array operation in words, without code.
    reveal
        What feedback may say of the answer: with ``"nothing"`` a student sees the formula that the own code
        computes; with ``"difference"`` also in which factors it differs from the right one; with ``"answer"``
        the right one as well, and the expected numbers of the example that failed.
    visibility
        When students see the marks and the feedback of this exercise on Gradescope, which can hold them back.
    note
        For instructors, in the handbook: what the derivation does not say. Formulas between dollar signs.
    credit
        Name of a mistake → the share of a check's points that stays where this mistake alone explains all
        that is wrong with it. Without it a check has all its points, or none.
    """

    function: str
    slide: str
    points: Mapping[str, float]
    rule: Rule
    example: tuple[Any, ...] = ()
    gradient_of: tuple[str, tuple[int, ...]] | None = None
    hint: str = ""
    operation: str = ""
    note: str = ""
    reveal: Reveal = "nothing"
    visibility: Visibility = "visible"
    credit: Mapping[str, float] = field(default_factory=dict)

    @property
    def max_score(self) -> float:
        """All points of the exercise."""
        return float(sum(self.points.values()))


@dataclass(frozen=True)
class WrittenAnswer:
    """A question that students answer in words; a person reads the answers, and gives points.

    Parameters
    ----------
    name
        What the answer is called in tables. The heading of its question has this name between backquotes, and
        the Markdown cell after it is where students write.
    slide
        Title of the lecture's slide it comes from.
    points
        The most that an answer may get.
    criteria
        What it gets them for: beside each answer for those who read it, and in the handbook.
    answer
        One that gets all points, for the handbook. Formulas between dollar signs.
    """

    name: str
    slide: str
    points: float
    criteria: tuple[str, ...]
    answer: str


@dataclass(frozen=True)
class Guess:
    """A question before an experiment, which students answer in the notebook.

    Whether an answer is right earns nothing. Whoever commits to one may get lost points back, see `Homework`.
    The question stands in the notebook, in the Markdown cell above ``checks.guess(name, None)``. A kit gets
    the name, the choices and the unit, and never the answer.

    Parameters
    ----------
    name
        As the notebook's cell has it; letters, digits and ``_``.
    right
        The answer: one of the choices, or a number.
    why
        The reason, for instructors: one or two sentences in the handbook. Formulas between dollar signs.
    choices
        What students choose from: the letters in front of the answers in the Markdown cell.
    number
        Whether a number is asked for instead.
    unit
        Of that number, if it has one.

    Examples
    --------
    >>> Guess("steps", right="b", why="Each step is shorter.", choices=("a", "b", "c")).number
    False
    """

    name: str
    right: str | float
    why: str
    choices: tuple[str, ...] = ()
    number: bool = False
    unit: str = ""


@dataclass(frozen=True)
class Homework:
    """A folder of exercises.

    Parameters
    ----------
    name
        Name of the folder, the notebook and the module.
    title
        As students read it.
    exercises
        In the notebook's order.
    data
        Files the kit needs beside the notebook, by name; they lie beside the rubric or in ``solutions/data``.
    written
        Questions that are answered in words.
    guesses
        What the notebook asks before its experiments, in its order.
    guess_points
        How many lost points come back at most to a student who commits to all guesses, right or wrong; in
        proportion to who commits to some; never more than half of them. They are no part of ``max_score``.
    digest
        Of all files that the homework is made of; set where it is loaded.
    handouts
        What other homeworks give that is an exercise here; likewise.
    questions
        By the name of a written answer the question as the notebook asks it; likewise.
    """

    name: str
    title: str
    exercises: tuple[Exercise, ...]
    data: tuple[str, ...] = ()
    written: tuple[WrittenAnswer, ...] = ()
    guesses: tuple[Guess, ...] = ()
    guess_points: float = 0.0
    digest: str = ""
    handouts: tuple[Handout, ...] = ()
    questions: Mapping[str, str] = field(default_factory=dict)

    @property
    def modules(self) -> tuple[str, ...]:
        """Names of the modules among the data."""
        return tuple(name.removesuffix(".py") for name in self.data if name.endswith(".py"))

    @property
    def max_score(self) -> float:
        """All points of the homework."""
        return float(sum(points for _, points in self.parts))

    def prepare(self) -> None:
        """Work out now what the rules compare with, for this process and those that are forked from it."""
        for exercise in self.exercises:
            exercise.rule.prepare()

    def with_only(self, exercise: Exercise) -> Homework:
        """The same with one exercise, no written answers, and nothing for guesses."""
        return replace(self, exercises=(exercise,), written=(), guess_points=0.0)

    @property
    def parts(self) -> list[tuple[str, float]]:
        """What there are points for, and how many: exercises in their order, then written answers."""
        return [
            *((exercise.function, exercise.max_score) for exercise in self.exercises),
            *((written.name, float(written.points)) for written in self.written),
        ]
