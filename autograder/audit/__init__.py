"""The proof that a rubric has teeth: what is right passes, and nothing that is wrong does."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np

from autograder.audit.comparison import SECRET, Asked, difference, many_calls, outcomes, requests_of
from autograder.audit.conditions import asked_in, conditions, wrong_where
from autograder.audit.mutation import Mutant, mutants
from autograder.grading import grade
from autograder.homework import Exercise, Homework
from autograder.release import bare
from autograder.release.source import Cell, Source, read_source
from autograder.report import ExerciseReport
from autograder.sandbox.host import Outcome, Sandbox
from autograder.sandbox.limits import Limits
from autograder.submission import Submission

_STUDENTS = ("Ada", "Blaise", "Carl")
# Code in a text for students: a call, an index, a matrix product, an assignment.
_CODE = re.compile(r"np\.|\w\(\w*\)\s*[*/+@]|\w+\[\w*:|\s@\s|\*\*|\bdef\b|\breturn\b|==|:=")


@dataclass(frozen=True)
class Survivor:
    """A changed solution that keeps all points.

    ``same`` tells what was seen where the two were compared on many more inputs: True, they are the same
    function; False, they are not, and the probes are too weak to show it.
    """

    mutant: Mutant
    same: bool
    reason: str


@dataclass(frozen=True)
class Special:
    """How solutions fare that are wrong only where an argument is special.

    ``tried`` is how many there were. ``overlooked`` keep all points of some of the students that were tried:
    what is asked is drawn anew for each, and may not be special. ``never_met`` is never asked with at all.
    """

    tried: int
    overlooked: tuple[str, ...]
    never_met: tuple[str, ...]


@dataclass(frozen=True)
class Audited:
    """What was found of one exercise.

    ``mutants`` of the solution were tried; ``told_apart`` is how many wrong formulas the probes tell apart.
    ``problems`` are what an instructor should mend; ``notes`` what is worth knowing. ``special`` is about
    solutions that are wrong only where an argument is special; None where they were not tried.
    """

    exercise: Exercise
    mutants: int = 0
    survivors: tuple[Survivor, ...] = ()
    told_apart: int = 0
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    special: Special | None = None

    @property
    def holes(self) -> list[str]:
        """All that lets something wrong pass, or is missing."""
        weak = [
            f"line {s.mutant.line}: {s.mutant.after} for {s.mutant.before} keeps all points ({s.reason})"
            for s in self.survivors
            if not s.same
        ]
        return [*self.problems, *weak]


def audit(
    homework: Homework,
    course: Path,
    level: str = "auto",
    only: Collection[str] = (),
    *,
    special: bool = False,
) -> Iterator[Audited]:
    """Prove one exercise after another.

    Parameters
    ----------
    homework, course
        What to prove, and where its solution is.
    only
        Names of exercises, where not all are asked for.
    level
        The sandbox in which the changed solutions run: they are no one's, but may loop for ever.
    special
        Whether to try solutions, too, that are wrong only where an argument is special.
    """
    source = read_source(homework, course)
    with Sandbox(level, Limits(call_seconds=0.5)) as sandbox:
        for exercise in homework.exercises:
            if only and exercise.function not in only:
                continue
            yield _Audit(homework, exercise, source, sandbox).result(special)


def describe(audited: Audited, *, notes: bool = False) -> Iterator[str]:
    """What was found of an exercise, as lines for an instructor.

    Parameters
    ----------
    audited
        What the audit found of one exercise.
    notes
        Whether to add what is worth knowing, and needs no repair.
    """
    same = [survivor for survivor in audited.survivors if survivor.same]
    counts = f"{audited.mutants} changes tried"
    if audited.told_apart:
        counts += f", {audited.told_apart} wrong formulas told apart"
    verdict = f"{len(audited.holes)} to fix" if audited.holes else "sound"
    yield f"  {audited.exercise.function}: {verdict} ({counts})"
    for hole in audited.holes:
        yield f"    ! {hole}"
    for survivor in same:
        mutant = survivor.mutant
        yield f"    = line {mutant.line}: {mutant.after} for {mutant.before} is {survivor.reason}"
    if audited.special:
        yield from _of_special(audited.special)
    for note in audited.notes if notes else ():
        yield f"    · {note}"


def _of_special(special: Special) -> Iterator[str]:
    yield f"    wrong only where an argument is special: {special.tried} tried"
    for told in special.overlooked:
        yield f"    ? {told}"
    if special.never_met:
        yield f"    ? nobody is asked where {'; '.join(special.never_met)}"


@dataclass  # not frozen: it keeps what it has worked out
class _Audit:
    homework: Homework
    exercise: Exercise
    source: Source
    sandbox: Sandbox

    def result(self, special: bool) -> Audited:
        problems = [*self._ends(), *self._texts(), *self._examples()]
        told = self.exercise.rule.separation()
        tried = list(mutants(self._solution))
        survivors = [s for mutant in tried if (s := self._survivor(mutant)) is not None]
        return Audited(
            self.exercise,
            len(tried),
            tuple(survivors),
            told.count,
            (*problems, *told.weak),
            told.notes,
            self._special() if special else None,
        )

    # ------------------------------------------------------------------------------ solution and stub

    @cached_property
    def _cell(self) -> Cell:
        return next(cell for cell in self.source.cells if cell.exercise == self.exercise.function)

    @property
    def _solution(self) -> str:
        return self._cell.text

    def _cells(self, text: str) -> tuple[str, ...]:
        """The notebook with another text for the exercise."""
        name = self.exercise.function
        return tuple(
            text if cell.exercise == name else cell.text for cell in self.source.cells if cell.kind == "code"
        )

    def _graded(self, text: str, student: str) -> ExerciseReport:
        alone = self.homework.with_only(self.exercise)
        submission = Submission(student, self._cells(text), self.source.path.name)
        (report,) = grade(alone, submission, self.sandbox, SECRET).exercises
        return report

    def _ends(self) -> Iterator[str]:
        """The solution has all points, whoever hands it in, and the stub has none."""
        for student in _STUDENTS:
            report = self._graded(self._solution, student)
            lost = [v for v in report.verdicts if v.score < v.max_score]
            if lost or report.status != "passed":
                check, message = (lost or report.verdicts)[0].check, (lost or report.verdicts)[0].message
                yield f"the solution does not pass {check}: {message}"
                break
        stub = "\n".join([*self._cell.given_lines, "    raise NotImplementedError"])
        if self._graded(stub, _STUDENTS[0]).score:
            yield "the stub keeps points"

    # -------------------------------------------------------------------------- changes of the solution

    def _survivor(self, mutant: Mutant) -> Survivor | None:
        """The mutant, if it keeps all points."""
        for student in _STUDENTS:
            if self._graded(mutant.text, student).status != "passed":
                return None
        different = self._difference(mutant)
        return Survivor(mutant, different is None, different or "the same on all inputs that were tried")

    def _difference(self, mutant: Mutant) -> str | None:
        """With which calls a mutant is another function than the solution; None where with none."""
        calls, right = self._calls
        other = outcomes(calls, self._cells(mutant.text), self.homework, self.sandbox)
        return difference(calls, right, other)

    def _special(self) -> Special:
        """Solutions that are wrong where something holds of an argument that somebody is asked with."""
        asked = [self._asked(student) for student in _STUDENTS]
        overlooked: list[str] = []
        never_met: list[str] = []
        tried = 0
        for condition in conditions(self.exercise.rule.parameters, list(chain(*asked))):
            if not any(map(condition.is_met, asked)):
                never_met.append(condition.told)
                continue
            tried += 1
            mutant = wrong_where(self._solution, condition)
            passed = [self._graded(mutant.text, student).status == "passed" for student in _STUDENTS]
            if any(passed) and self._difference(mutant) is not None:
                overlooked.append(f"{mutant.after}: {sum(passed)} of {len(passed)} students keep all points")
        return Special(tried, tuple(overlooked), tuple(never_met))

    def _asked(self, student: str) -> list[tuple[Any, ...]]:
        """What the solution is called with where a student hands it in."""
        cells = self._cells(self._solution)
        requests = requests_of(student, self.homework, self.exercise, cells, self.sandbox)
        return asked_in(requests, self.exercise.function)

    @cached_property
    def _calls(self) -> tuple[list[Asked], list[list[Outcome]]]:
        """Many calls, and what the solution gives for them."""
        cells = self._cells(self._solution)
        calls = many_calls(self.homework, self.exercise, cells, self.sandbox)
        return calls, outcomes(calls, cells, self.homework, self.sandbox)

    # -------------------------------------------------------------------------------------- texts

    def _texts(self) -> Iterator[str]:
        for what in ("hint", "operation", "slide"):
            text = getattr(self.exercise, what)
            if not text:
                yield f"its {what} is missing"
            elif _CODE.search(text):
                yield f"its {what} holds code: {text!r}"
        answers = {bare(line) for line in self._cell.solution_lines if len(bare(line)) > 12}
        for text in (self.exercise.hint, self.exercise.operation):
            found = [answer for answer in answers if answer in bare(text)]
            if found:
                yield f"a hint holds a line of the solution: {text!r}"

    def _examples(self) -> Iterator[str]:
        """A worked example that is a probe would give its result away."""
        for given in self.exercise.rule.inputs():
            for seed in range(3):
                if _equal(given.draw(np.random.default_rng(seed)), self.exercise.example):
                    yield f"its worked example is the probe {given.name!r}"
                    break


def _equal(one: tuple[Any, ...], other: tuple[Any, ...]) -> bool:
    return len(one) == len(other) and all(np.array_equal(a, b) for a, b in zip(one, other, strict=True))
