"""What a rubric declares: a homework, its exercises, how each is judged, and with which inputs."""

from __future__ import annotations

import importlib.util
import traceback
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar, Literal, Protocol

import numpy as np

# First line of a notebook's cell that is given: grading runs only what it imports and defines.
GIVEN = "# Given"

Draw = Callable[[np.random.Generator], tuple[Any, ...]]
Experiment = Callable[[], Generator[tuple[Any, ...], Any, list[float]]]


class HomeworkError(Exception):
    """A homework that cannot be used; the message says what, where, and what to do next."""


class Reference(Protocol):
    """What SymPy derived, as a NumPy function (`symbolic_checks.reference` makes them)."""

    @property
    def parameters(self) -> tuple[str, ...]:
        """Names of the arguments, as the contract with the students writes them."""

    @property
    def required(self) -> tuple[str, ...]:
        """Names of those that have no default."""

    @property
    def components(self) -> tuple[str, ...]:
        """Names of the results in order, such as ``("dw", "db")``; one name for a single result."""

    def __hash__(self) -> int:
        """By identity: references are cached with."""

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        """The right result: one value, or a tuple with one value a component."""

    def scale(self, *arguments: Any) -> tuple[float, ...]:
        """For each component the size of the terms it is summed from; rounding errors are relative to it."""


@dataclass(frozen=True)
class Probe:
    """One set of inputs, drawn anew for every student.

    Parameters
    ----------
    name
        What is special about it, as the student reads it: ``"7 examples, 3 features"``.
    draw
        Takes a seeded generator and returns the arguments in the student's order.
    """

    name: str
    draw: Draw


@dataclass(frozen=True)
class Misconception:
    """A wrong formula that students write, and what is said to them about it.

    Parameters
    ----------
    name
        Its identifier, such as ``"bias_regularised"``.
    sentence
        For the student: what is wrong and where to look, not the answer.
    formula
        Takes the exercise's arguments and returns what the wrong function returns: one value, or a tuple
        with one for each component.
    """

    name: str
    sentence: str
    formula: Callable[..., Any]


@dataclass(frozen=True)
class Curve:
    """A learning curve with the student's function in the loop.

    Parameters
    ----------
    experiment
        Makes a generator that yields the arguments of each call of the student's function, is sent its
        result, and returns the losses (`autograder.judging.experiments` has the lecture's).
    title
        What is trained, as a caption.
    """

    experiment: Experiment
    title: str


@dataclass(frozen=True)
class Values:
    """Rule: the function's values are compared with a reference.

    Checks: one for each component of the reference, then ``edges``, ``form`` and, where it has one,
    ``curve``.
    ``refused`` are inputs for which a ValueError must be raised; they count with the edges.
    ``misconceptions`` are the exercise's own, beside those that any formula can have.
    ``quiet`` is for functions whose contract rules NumPy's warnings out: one costs the points for form.
    """

    reference: Reference
    probes: tuple[Probe, ...]
    edges: tuple[Probe, ...] = ()
    refused: tuple[Probe, ...] = ()
    misconceptions: tuple[Misconception, ...] = ()
    curve: Curve | None = None
    quiet: bool = False

    @property
    def checks(self) -> tuple[str, ...]:
        """The components of the reference, and what else is checked."""
        return (*self.reference.components, "edges", "form", *(["curve"] if self.curve else []))


@dataclass(frozen=True)
class GradientDescent:
    """Rule: the iterates of gradient descent, with the referee's gradient, and lr a number or a function."""

    curve_title: str

    checks: ClassVar[tuple[str, ...]] = ("iterates", "schedule", "edges", "form", "curve")


@dataclass(frozen=True)
class Minibatches:
    """Rule: one epoch's batches as index arrays."""

    checks: ClassVar[tuple[str, ...]] = ("batches", "order", "edges", "form")


@dataclass(frozen=True)
class SgdEpoch:
    """Rule: an epoch of SGD, recognised by decoding the order of its mini-batches."""

    curve_title: str

    checks: ClassVar[tuple[str, ...]] = ("steps", "order", "edges", "form", "curve")


@dataclass(frozen=True)
class Train:
    """Rule: the outer loop, with the referee's epoch and loss."""

    checks: ClassVar[tuple[str, ...]] = ("losses", "parameters", "tolerance", "edges", "form")


@dataclass(frozen=True)
class GradientNoise:
    """Rule: how far mini-batch gradients lie from the full one, judged by the batches that a few draws must
    have used and against the exact expectation."""

    curve_title: str

    checks: ClassVar[tuple[str, ...]] = ("value", "draws", "edges", "form", "curve")


@dataclass(frozen=True)
class Split:
    """Rule: a random partition into training, validation and test set, judged by its properties."""

    checks: ClassVar[tuple[str, ...]] = ("sizes", "partition", "order", "edges", "form")


@dataclass(frozen=True)
class ChooseLambda:
    """Rule: the choice of λ on the validation set, with the referee's fit and loss."""

    curve_title: str

    checks: ClassVar[tuple[str, ...]] = ("lam", "losses", "edges", "form", "curve")


Rule = Values | GradientDescent | Minibatches | SgdEpoch | Train | GradientNoise | Split | ChooseLambda


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
    """

    function: str
    slide: str
    points: Mapping[str, float]
    rule: Rule
    example: tuple[Any, ...] = ()
    gradient_of: tuple[str, tuple[int, ...]] | None = None
    hint: str = ""
    operation: str = ""
    reveal: Literal["nothing", "difference", "answer"] = "nothing"

    def __post_init__(self) -> None:
        unknown = [check for check in self.points if check not in self.rule.checks]
        if unknown:
            known = ", ".join(self.rule.checks)
            raise HomeworkError(
                f"{self.function} has points for {', '.join(map(repr, unknown))}, which its rule does not "
                f"check: choose from {known}."
            )

    @property
    def max_score(self) -> float:
        """All points of the exercise."""
        return float(sum(self.points.values()))


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
        Files the kit needs beside the notebook, by name (``penguins.csv``).
    """

    name: str
    title: str
    exercises: tuple[Exercise, ...]
    data: tuple[str, ...] = field(default=("penguins.csv",))

    @property
    def max_score(self) -> float:
        """All points of the homework."""
        return float(sum(exercise.max_score for exercise in self.exercises))


def homework_names(course: Path) -> list[str]:
    """The homeworks of a course: the folders of ``solutions/`` that hold a ``rubric.py``."""
    return sorted(path.parent.name for path in (course / "solutions").glob("*/rubric.py"))


def load_homework(name: str, course: Path) -> Homework:
    """Import ``solutions/<name>/rubric.py`` of the course folder and return its ``HOMEWORK``.

    Raises
    ------
    HomeworkError
        When there is no such homework, or its rubric declares none.
    """
    known = homework_names(course)
    if not known:
        raise HomeworkError(
            f"No homework was found in {course / 'solutions'}: each is a folder with a rubric.py. "
            "Run the command in the course's folder, or name it with --course."
        )
    if name not in known:
        choice = ", ".join(known)
        raise HomeworkError(f"There is no homework {name!r} in {course / 'solutions'}: choose from {choice}.")
    path = course / "solutions" / name / "rubric.py"
    spec = importlib.util.spec_from_file_location(f"rubric_of_{name}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        lines = [
            frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(path)
        ]
        where = f", line {lines[-1]}" if lines else ""
        reason = f"{type(error).__name__}: {error}"
        raise HomeworkError(f"{path}{where} cannot be imported: {reason}. Mend the rubric.") from error
    homework = getattr(module, "HOMEWORK", None)
    if not isinstance(homework, Homework):
        raise HomeworkError(f"{path} declares no HOMEWORK = Homework(...): add it.")
    return homework
