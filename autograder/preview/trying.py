"""Runs the solution, the stub, the docstring's examples and wrong functions against grader and kit."""

from __future__ import annotations

import io
import logging
import traceback
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, cast

import numpy as np

from autograder.errors import HomeworkError
from autograder.grading import grade
from autograder.handouts import STUB
from autograder.homework import Exercise, Homework
from autograder.preview.in_process import InProcess
from autograder.preview.students_kit import Said, StudentsKit
from autograder.release.build import only_functions
from autograder.release.source import Cell, Source, read_source
from autograder.report import ExerciseReport, Verdict
from autograder.sandbox.host import Sandbox
from autograder.solution import examples
from autograder.submission import Submission

# So many misconceptions are tried where not all are asked for: the commonest.
SOME = 12
_STUDENT, _SECRET = "a student", b"a preview's own"


@dataclass(frozen=True)
class Tried:
    """What came of one function: the points, what a student reads, and what is wrong with that.

    ``problems`` are to be mended; ``notes`` are worth knowing.
    """

    name: str
    score: float
    feedback: str
    kit: str
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Preview:
    """One exercise: its solution, its stub, its docstring's examples, and misconceptions.

    ``known`` is how many of these can be tried; ``untried`` are those that cannot, each with the reason.
    """

    exercise: Exercise
    solution: Tried
    stub: Tried
    examples: Tried
    misconceptions: tuple[Tried, ...]
    known: int
    untried: Mapping[str, str]

    @property
    def problems(self) -> list[str]:
        """All that is to be mended."""
        rows = (self.solution, self.stub, self.examples, *self.misconceptions)
        return [f"{row.name}: {problem}" for row in rows for problem in row.problems]


def preview(
    homework: Homework, course: Path, only: Collection[str] = (), *, everything: bool = False,
    level: str = "auto",
) -> Iterator[Preview]:  # fmt: skip
    """Try one exercise after another.

    Parameters
    ----------
    homework, course
        What to try, and where its solution is.
    only
        Names of exercises, where not all are asked for.
    everything
        Whether to try all misconceptions, not only the commonest.
    level
        The sandbox in which the solution and the stub run.

    Raises
    ------
    HomeworkError, ReleaseError
        When the homework cannot be released, or its solution cannot be run.
    """
    source = read_source(homework, course)
    solved = _namespace(source)
    chosen = [exercise for exercise in homework.exercises if not only or exercise.function in only]
    with Sandbox(level) as sandbox, StudentsKit(homework, course) as kit:
        for exercise in chosen:
            yield _Trying(homework, exercise, source, solved, sandbox, kit).result(everything)


@dataclass(frozen=True)
class _Trying:
    homework: Homework
    exercise: Exercise
    source: Source
    solved: Mapping[str, Any]
    sandbox: Sandbox
    kit: StudentsKit

    def result(self, everything: bool) -> Preview:
        known = list(self.exercise.rule.wrong_functions())
        tried = tuple(
            self._wrong(name, function) for name, function in islice(known, None if everything else SOME)
        )
        untried = self.exercise.rule.untried()
        return Preview(
            self.exercise, self._solution(), self._stub(), self._examples(), tried, len(known), untried
        )

    @property
    def _cell(self) -> Cell:
        return next(cell for cell in self.source.cells if cell.exercise == self.exercise.function)

    def _solution(self) -> Tried:
        report, problems = self._graded(self._cell.text)
        said = self._said(self.solved[self.exercise.function])
        lost = [verdict for verdict in report.verdicts if verdict.score < verdict.max_score]
        problems += [f"loses {verdict.check}: {verdict.message}" for verdict in lost if not problems]
        problems += [said.failure and f"the kit's check fails with {said.failure}"]
        problems += ["" if said.right or said.failure else f"the kit's check says: {said.line}"]
        text = "" if lost else "All points."
        return _tried("the solution", report, text, said, problems)

    def _stub(self) -> Tried:
        text = "\n".join([*self._cell.given_lines, f"    {STUB}"])
        report, problems = self._graded(text)
        names = dict(self.solved)
        exec(text, names)
        said = self._said(names[self.exercise.function])
        if not problems and report.status != "not_started":
            problems += ["it is not recognised as “not written yet”: the rule must call the function first"]
        if not said.failure and "not written yet" not in said.line:
            problems += ["the kit's check does not say “not written yet”: call it with trial.call"]
        return _tried("the stub", report, report.verdicts[0].message, said, problems)

    def _examples(self) -> Tried:
        """The docstring's examples, run with the solution."""
        name = self.exercise.function
        count, wrong = examples(name, self.solved[name], self.solved)
        what = f"{count} line{'s' * (count != 1)} of examples"
        if wrong:
            return Tried("docstring", 0.0, f"{what}.", "", tuple(wrong))
        if not count:
            return Tried("docstring", 0.0, "", "", (), ("it has no example: add one for students to read",))
        return Tried("docstring", 0.0, f"{what}, all as written.", "")

    def _wrong(self, name: str, function: Callable[..., Any]) -> Tried:
        alone = cast(Sandbox, InProcess(self.exercise.function, function))
        report, problems = self._judged(alone, ())
        said = self._said(function)
        named = {verdict.misconception for verdict in report.verdicts if verdict.misconception}
        notes = []
        if problems:
            pass
        elif report.score >= report.max_score:
            problems.append("it keeps all points: the inputs do not show it")
        elif named and name not in named:
            problems.append(f"feedback takes it for {' and '.join(sorted(named))}")
        elif not named:
            notes.append("feedback does not name it")
        if said.failure:
            problems.append(f"the kit's check fails with {said.failure}")
        elif said.right:
            notes.append("the kit's check does not see it")
        return _tried(name, report, _telling(report, name).message, said, problems, notes)

    # ------------------------------------------------------------------------------ grader and kit

    def _graded(self, text: str) -> tuple[ExerciseReport, list[str]]:
        """The notebook's report with another text for the exercise."""
        name = self.exercise.function
        cells = tuple(
            text if cell.exercise == name else cell.text for cell in self.source.cells if cell.kind == "code"
        )
        return self._judged(self.sandbox, cells)

    def _judged(self, sandbox: Sandbox, cells: tuple[str, ...]) -> tuple[ExerciseReport, list[str]]:
        """A report, and why the judge fails, if it does."""
        alone = self.homework.with_only(self.exercise)
        with _failures() as failures:
            submission = Submission(_STUDENT, cells, self.source.path.name)
            (report,) = grade(alone, submission, sandbox, _SECRET).exercises
        return report, [f"the judge fails with {failure}" for failure in failures[:1]]

    def _said(self, function: Callable[..., Any]) -> Said:
        quiet = io.StringIO()
        with redirect_stdout(quiet), np.errstate(all="ignore"):
            return self.kit.says(self.exercise.function, {**self.solved, self.exercise.function: function})


def _tried(
    name: str,
    report: ExerciseReport,
    feedback: str,
    said: Said,
    problems: Collection[str],
    notes: Collection[str] = (),
) -> Tried:
    there = tuple(filter(None, problems))
    return Tried(name, report.score, feedback, said.line, there, tuple(notes))


def _telling(report: ExerciseReport, name: str) -> Verdict:
    """The verdict that a student learns most from: the one that names the misconception."""
    lost = [verdict for verdict in report.verdicts if verdict.score < verdict.max_score] or report.verdicts
    named = [verdict for verdict in lost if verdict.misconception]
    return next((verdict for verdict in named if verdict.misconception == name), (named or lost)[0])


@contextmanager
def _failures() -> Iterator[list[str]]:
    """Exceptions that a judge raises while this is open, each with its place, instead of the grader's log."""
    found: list[str] = []

    def keep(record: logging.LogRecord) -> bool:
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            last = traceback.extract_tb(error.__traceback__)[-1]
            where = f"{Path(last.filename).name}, line {last.lineno}"
            found.append(f"{type(error).__name__}: {error} ({where})")
        return False

    log = logging.getLogger("autograder.grading")
    log.addFilter(keep)
    try:
        yield found
    finally:
        log.removeFilter(keep)


def _namespace(source: Source) -> dict[str, Any]:
    """What the solution defines: the functions that are given, and the exercises.

    Raises
    ------
    HomeworkError
        When one of them cannot be defined.
    """
    names: dict[str, Any] = {"np": np, "__name__": source.path.stem}
    for cell in source.cells:
        if cell.kind == "code" and (cell.exercise or only_functions(cell.text)):
            try:
                exec(compile(cell.text, str(source.path), "exec", dont_inherit=True), names)
            except Exception as error:
                raise HomeworkError(
                    f"The cell of {cell.exercise or 'a given function'} in {source.path} cannot be run: "
                    f"{type(error).__name__}: {error}. Mend it."
                ) from error
    return names
