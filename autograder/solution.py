"""The instructor's own solution: it must get full marks, and its docstrings must say what is true."""

from __future__ import annotations

import ast
import doctest
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from autograder.errors import HomeworkError
from autograder.grading import grade
from autograder.homework import Homework
from autograder.release.source import Source, read_source
from autograder.report import ExerciseReport
from autograder.sandbox.host import Sandbox
from autograder.submission import Submission


def insist(homework: Homework, course: Path) -> None:
    """Make sure that the solution can be handed out as one.

    Parameters
    ----------
    homework
        Whose solution is tried.
    course
        The course's folder.

    Raises
    ------
    HomeworkError
        When an exercise does not get all points, or an example in its docstring does not hold.
    ReleaseError
        When the notebook with the solutions cannot be read.
    """
    source = read_source(homework, course)
    with Sandbox("none") as sandbox:  # the instructor's code needs no protection from the instructor
        graded(homework, source, sandbox)
    wrong = list(failing_examples(homework, source))
    if wrong:
        listed = "\n".join(f"  {text}" for text in wrong)
        raise HomeworkError(f"Examples in docstrings of {source.path} do not hold:\n{listed}", tuple(wrong))


def code(source: Source) -> tuple[str, ...]:
    """The code cells of a notebook."""
    return tuple(cell.text for cell in source.cells if cell.kind == "code")


def graded(homework: Homework, source: Source, sandbox: Sandbox) -> list[ExerciseReport]:
    """The solution's own report.

    Parameters
    ----------
    homework
        Whose solution is judged.
    source
        The notebook with the solutions.
    sandbox
        Where the solution runs.

    Raises
    ------
    HomeworkError
        When an exercise does not get all points.
    """
    report = grade(homework, Submission("the solution", code(source), source.path.name), sandbox, b"")
    for exercise in report.exercises[: len(homework.exercises)]:  # who answers in words is graded by hand
        if exercise.status != "passed":
            wrong = next(v for v in exercise.verdicts if v.score < v.max_score or not v.max_score)
            raise HomeworkError(
                f"The solution of {exercise.name} in {source.path} does not pass "
                f"{wrong.title or wrong.check}: {wrong.message} Fix the solution, or the rubric."
            )
    return report.exercises[: len(homework.exercises)]


def failing_examples(homework: Homework, source: Source) -> Iterator[str]:
    """Each example in an exercise's docstring that does not hold, with what came instead.

    Parameters
    ----------
    homework
        Whose exercises are looked at.
    source
        The notebook with the solutions; its imports and definitions are run here.
    """
    names = _defined(source)
    for exercise in homework.exercises:
        function = names.get(exercise.function)
        if callable(function):
            for text in examples(exercise.function, function, names)[1]:
                yield f"{exercise.function}: {text}"


def examples(name: str, function: Callable[..., Any], names: Mapping[str, Any]) -> tuple[int, list[str]]:
    """How many examples there are in a function's docstring, and what is wrong with each that does not hold.

    Parameters
    ----------
    name
        Of the function.
    function
        The one with the docstring.
    names
        What the examples may use; they cannot change it.
    """
    found: list[str] = []
    test = doctest.DocTestParser().get_doctest(function.__doc__ or "", dict(names), name, None, None)

    class Runner(doctest.DocTestRunner):
        def report_failure(self, out: Any, test: Any, example: Any, got: str) -> None:
            gives, want = (" ".join(text.split()) or "nothing" for text in (got, example.want))
            found.append(f"{example.source.strip()} gives {gives}, and the docstring says {want}")

        def report_unexpected_exception(self, out: Any, test: Any, example: Any, exc_info: Any) -> None:
            kind, error, _ = exc_info
            found.append(f"{example.source.strip()} raises {kind.__name__}: {error}")

    Runner(verbose=False).run(test, out=lambda _: None)
    return len(test.examples), found


def _defined(source: Source) -> dict[str, Any]:
    """What the notebook imports and defines; no experiment runs."""
    names: dict[str, Any] = {"__name__": source.path.stem}
    kept = (ast.FunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)
    for text in code(source):
        for node in ast.parse(text).body:
            constant = isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
            if isinstance(node, kept) or constant:
                try:
                    exec(compile(ast.Module([node], []), str(source.path), "exec"), names)
                except ImportError:  # plots, and the kit's own modules
                    continue
    return names
