"""What the handbook says of a homework: everything is derived, proven, run or drawn as it is asked for."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from autograder import solution
from autograder.handbook.formulas import mathml, prose
from autograder.homework import GIVEN, Exercise, Homework
from autograder.judging import reading
from autograder.judging.comparison import show
from autograder.judging.misconception import Misconception
from autograder.judging.rule import Input, Read, summary
from autograder.release.proofs import derived, not_derived, prove
from autograder.release.source import Cell, Source, read_source
from autograder.report import Curves, ExerciseReport
from autograder.sandbox.host import Code, Sandbox

if TYPE_CHECKING:
    from markupsafe import Markup

    from symbolic_checks.latex import Step
    from symbolic_checks.reference import Reference

# For the drawings that are shown: students' probes come from the course's secret.
_SEED = 2026


@dataclass(frozen=True)
class Line:
    """One line of a derivation: a formula, and what was done, both with MathML."""

    formula: Markup
    sentence: Markup


@dataclass(frozen=True)
class Derived:
    """How a component of a reference was derived, or, without a proof, how it is defined."""

    title: str
    lines: tuple[Line, ...]
    proof: str = ""


@dataclass(frozen=True)
class Check:
    """One check, its points, what it asks for, and what grading says of the solution."""

    name: str
    points: float
    meaning: str
    solution: str


@dataclass(frozen=True)
class Drawn:
    """A probe with one drawing of its arguments."""

    name: str
    kind: str
    arguments: str


@dataclass(frozen=True)
class Section:
    """All that the handbook says of an exercise."""

    exercise: Exercise
    signature: str
    contract: str
    derived: tuple[Derived, ...]
    code: Markup
    computes: tuple[str, ...]
    rule: str
    checks: tuple[Check, ...]
    curves: Curves | None
    probes: tuple[Drawn, ...]
    misconceptions: tuple[Misconception, ...]

    @property
    def certified(self) -> int:
        """How many of its derivations were proven."""
        return sum(bool(each.proof) for each in self.derived)

    @property
    def not_derived(self) -> bool:
        """Whether an instructor declared what is right."""
        return not_derived(self.exercise)

    @property
    def measured(self) -> bool:
        """Whether that was compared with the slope of a loss."""
        return any(getattr(each, "loss", None) is not None for each in self.exercise.rule.references())


def sections(homework: Homework, course: Path) -> list[Section]:
    """One section for each exercise.

    Parameters
    ----------
    homework
        What the chapter is on.
    course
        The folder that holds ``solutions/``.

    Raises
    ------
    HomeworkError
        When a derivation does not hold, or the solution does not get all points.
    ReleaseError
        When the notebook with the solutions cannot be read.
    """
    source = read_source(homework, course)
    cells = {cell.exercise: cell for cell in source.cells if cell.exercise}
    reports, computed = _graded(homework, source)
    return [
        _section(exercise, cells[exercise.function], graded, computed.get(exercise.function, {}))
        for exercise, graded in zip(homework.exercises, reports, strict=True)
    ]


def derivations(exercise: Exercise) -> Iterator[Derived]:
    """How each component of the exercise's reference came about, proven anew; nothing where it has none.

    Raises
    ------
    HomeworkError
        When a derivation does not hold.
    """
    prove(exercise)
    for reference in exercise.rule.references():
        yield from _derived(exercise, reference)


def _derived(exercise: Exercise, reference: Any) -> Iterator[Derived]:
    if not derived(reference):
        return  # not SymPy's: a rubric may have written it itself
    if not reference.derivations:
        yield Derived(exercise.function, _lines(_definitions(reference)))
    one_each = len(reference.derivations) == len(reference.components) > 1
    for component, derivation in zip(reference.components, reference.derivations, strict=False):
        title = component if one_each else exercise.function
        yield Derived(title, _lines(derivation.steps()), derivation.proof)


def _graded(
    homework: Homework, source: Source
) -> tuple[list[ExerciseReport], Mapping[str, Mapping[str, Read]]]:
    """The solution's own report, and the formulas that are read from its code: the instructor's code needs
    no protection from the instructor."""
    with Sandbox("none") as sandbox:
        reports = solution.graded(homework, source, sandbox)
        with sandbox.session(Code(solution.code(source), GIVEN, homework.modules)) as session:
            readers = {e.function: reader for e in homework.exercises if (reader := e.rule.reader(e))}
            computed = reading.read(readers, session)
    return reports, computed


def _section(exercise: Exercise, cell: Cell, graded: ExerciseReport, computed: Mapping[str, Read]) -> Section:
    function = next(node for node in ast.parse(cell.text).body if isinstance(node, ast.FunctionDef))
    curves = next((verdict.curves for verdict in graded.verdicts if verdict.curves), None)
    meanings = {check.name: check.meaning for check in exercise.rule.checks}
    return Section(
        exercise=exercise,
        signature=f"{function.name}({ast.unparse(function.args)})",
        contract=inspect.cleandoc(ast.get_docstring(function) or ""),
        derived=tuple(derivations(exercise)),
        code=highlighted(textwrap.dedent("\n".join(cell.solution_lines)).strip()),
        computes=tuple(read.formula.yours for read in computed.values()),
        rule=summary(exercise.rule),
        checks=tuple(Check(v.title, v.max_score, meanings[v.check], v.message) for v in graded.verdicts),
        curves=curves,
        probes=tuple(_probes(exercise)),
        misconceptions=tuple(exercise.rule.known_misconceptions()),
    )


def _lines(steps: Sequence[Step]) -> tuple[Line, ...]:
    return tuple(Line(mathml(step.latex), prose(step.sentence)) for step in steps)


def _definitions(reference: Reference) -> list[Step]:
    """What a value that needs no derivative is made of."""
    from symbolic_checks.derivation import sigma_steps
    from symbolic_checks.language import Sigma
    from symbolic_checks.latex import Step, latex

    definitions = reference.program.definitions
    steps = [Step(f"{latex(d.symbol)} = {latex(d.expression)}", d.sentence) for d in definitions]
    sigma = any(definition.expression.has(Sigma) for definition in definitions)
    return [*steps, *sigma_steps()[:1]] if sigma else steps


def highlighted(code: str) -> Markup:
    """Python code with its words marked by class: keywords, strings, numbers, comments."""
    from markupsafe import Markup
    from pygments import highlight
    from pygments.formatters import HtmlFormatter
    from pygments.lexers import PythonLexer

    return Markup(highlight(code, PythonLexer(), HtmlFormatter(nowrap=True)).rstrip("\n"))


def _probes(exercise: Exercise) -> Iterator[Drawn]:
    random = np.random.default_rng(_SEED)
    for given in exercise.rule.inputs():
        yield Drawn(given.name, given.kind, _arguments(exercise.rule.parameters, given, random))


def _arguments(names: Sequence[str], given: Input, random: np.random.Generator) -> str:
    """A drawing as assignments; a matrix stays in line below its name."""
    return "\n".join(
        f"{name} = " + show(value, 3).replace("\n", "\n" + " " * len(f"{name} = "))
        for name, value in zip(names, given.draw(random), strict=False)
    )
