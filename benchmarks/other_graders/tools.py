"""One function a grader: how a class is handed to it, and what marks come back."""

from __future__ import annotations

import json
import subprocess
import textwrap
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from other_graders.given import Submission, Test
from other_graders.running import Measured, measured, one_by_one, surroundings


def pytest(folder: Path, python: Path, made: Sequence[Submission], tests: Sequence[Test]) -> Measured:
    """A file of tests beside each submission, run by a process of its own."""
    written = ["import submission"]
    for test in tests:
        code = test.code(f"submission.{test.function}")
        written.append(f"def test_{test.function}():\n{textwrap.indent(code, '    ')}")

    def run(place: Path, _: Submission) -> tuple[Sequence[Any], Callable[[], set[str]]]:
        (place / "test_submission.py").write_text("\n\n\n".join(written), encoding="utf-8")

        def marks() -> set[str]:
            cases = ElementTree.parse(place / "result.xml").iter("testcase")
            return {case.attrib["name"].removeprefix("test_") for case in cases if len(case) == 0}

        return [python, "-m", "pytest", "-q", "--junitxml=result.xml"], marks

    return one_by_one(folder, python, made, run)


def gradescope(folder: Path, python: Path, made: Sequence[Submission], tests: Sequence[Test]) -> Measured:
    """The runner of gradescope-utils, with a weight for every test."""
    written = [
        "import unittest",
        "from gradescope_utils.autograder_utils.decorators import weight",
        "from gradescope_utils.autograder_utils.json_test_runner import JSONTestRunner",
        "import submission",
        "class Tests(unittest.TestCase):",
    ]
    for test in tests:
        code = textwrap.indent(test.code(f"submission.{test.function}"), "        ")
        written.append(f"    @weight(1)\n    def test_{test.function}(self):\n{code}")
    written.append("with open('results.json', 'w') as file:")
    written.append("    suite = unittest.defaultTestLoader.loadTestsFromTestCase(Tests)")
    written.append("    JSONTestRunner(stream=file).run(suite)")

    def run(place: Path, _: Submission) -> tuple[Sequence[Any], Callable[[], set[str]]]:
        (place / "run_tests.py").write_text("\n".join(written), encoding="utf-8")

        def marks() -> set[str]:
            found = json.loads((place / "results.json").read_text(encoding="utf-8"))["tests"]
            full = (each["name"] for each in found if each["score"] == each["max_score"])
            return {name.split()[0].removeprefix("test_") for name in full}

        return [python, "run_tests.py"], marks

    return one_by_one(folder, python, made, run)


def check50(folder: Path, python: Path, made: Sequence[Submission], tests: Sequence[Test]) -> Measured:
    """A check a function, on this machine."""
    checks = folder / "checks"
    checks.mkdir()
    (checks / ".cs50.yaml").write_text("check50: true\n", encoding="utf-8")
    written = ["import check50, check50.py"]
    for test in tests:
        code = textwrap.indent(test.code(f"submission.{test.function}"), "        ")
        written.append(
            f'@check50.check()\ndef {test.function}():\n    """{test.function}"""\n'
            f"    submission = check50.py.import_('submission.py')\n    try:\n{code}\n"
            "    except Exception as error:\n        raise check50.Failure(repr(error))"
        )
    (checks / "__init__.py").write_text("\n\n\n".join(written), encoding="utf-8")

    def run(place: Path, _: Submission) -> tuple[Sequence[Any], Callable[[], set[str]]]:
        def marks() -> set[str]:
            found = json.loads((place / "result.json").read_text(encoding="utf-8"))["results"]
            return {each["name"] for each in found if each["passed"]}

        command = python.with_name("check50")
        return [command, "--dev", checks, "--output", "json", "--output-file", "result.json"], marks

    return one_by_one(folder, python, made, run)


def otter(folder: Path, python: Path, made: Sequence[Submission], tests: Sequence[Test]) -> Measured:
    """`otter run` on each, with a test file a function."""
    (folder / "tests").mkdir()
    for test in tests:
        first, *rest = test.code(test.function).splitlines()
        code = "\n".join([f">>> {first}", *(f">>> {line}" for line in rest)])
        suite = {
            "cases": [{"code": code, "hidden": False, "locked": False}],
            "scored": True,
            "setup": "",
            "teardown": "",
            "type": "doctest",
        }
        text = f"OK_FORMAT = True\ntest = { ({'name': test.function, 'points': 1, 'suites': [suite]})!r}\n"
        (folder / "tests" / f"{test.function}.py").write_text(text, encoding="utf-8")
    words = [python.with_name("otter"), "generate", "-t", "tests", "-o", "autograder.zip", "--no-environment"]
    measured(words, folder, surroundings(python, folder))

    def run(place: Path, _: Submission) -> tuple[Sequence[Any], Callable[[], set[str]]]:
        def marks() -> set[str]:
            found = json.loads((place / "results.json").read_text(encoding="utf-8"))["tests"]
            return {each["name"] for each in found if each.get("score", 0) == each.get("max_score", 1) == 1}

        command = [python.with_name("otter"), "run", "submission.py", "-a", folder / "autograder.zip"]
        return [*command, "-o", ".", "--no-logo"], marks

    return one_by_one(folder, python, made, run)


_MARKS = """
import json
from nbgrader.api import Gradebook
with Gradebook("sqlite:///gradebook.db") as book:
    found = {}
    for each in book.assignment_submissions("hw"):
        grades = [grade for notebook in each.notebooks for grade in notebook.grades]
        found[each.student.id] = [grade.name for grade in grades if grade.auto_score == grade.max_score]
print(json.dumps(found))
"""


def nbgrader(folder: Path, python: Path, made: Sequence[Submission], tests: Sequence[Test]) -> Measured:
    """`nbgrader autograde` with its kernel, on the whole class; a cell and a test cell a function."""
    around = surroundings(python, folder)
    blank = {
        test.function: f"def {test.function}(*arguments):\n    raise NotImplementedError" for test in tests
    }
    _notebook(folder / "source" / "hw" / "hw.ipynb", blank, tests)
    (folder / "nbgrader_config.py").write_text("c = get_config()\nc.CourseDirectory.course_id = 'peers'\n")
    command = python.with_name("nbgrader")
    measured([command, "generate_assignment", "hw"], folder, around)
    for each in made:
        _notebook(folder / "submitted" / each.student / "hw" / "hw.ipynb", each.sources, tests)
    seconds, kilobytes = measured([command, "autograde", "hw"], folder, around)
    said = subprocess.run(
        [python, "-c", _MARKS], cwd=folder, env=around, capture_output=True, text=True, check=True
    )
    found = json.loads(said.stdout.splitlines()[-1])
    full = {student: {name.removeprefix("test_") for name in names} for student, names in found.items()}
    return Measured(full, seconds, kilobytes)


def _notebook(path: Path, sources: Mapping[str, str], tests: Sequence[Test]) -> None:
    cells = [_cell("start", "import numpy as np")]
    for test in tests:
        name = test.function
        cells.append(_cell(name, sources[name], solution=True))
        cells.append(_cell(f"test_{name}", test.code(name), points=1))
    about = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    made = {"nbformat": 4, "nbformat_minor": 5, "metadata": about, "cells": cells}
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(made), encoding="utf-8")


def _cell(name: str, source: str, *, solution: bool = False, points: int = 0) -> dict[str, Any]:
    about: dict[str, Any] = {"grade_id": name, "schema_version": 3, "solution": solution, "task": False}
    about |= {"grade": points > 0, "locked": not solution}
    about |= {"points": points} if points else {}
    return {
        "cell_type": "code",
        "id": name.replace("_", "-"),
        "metadata": {"nbgrader": about},
        "source": source,
        "outputs": [],
        "execution_count": None,
    }


PEERS: dict[str, Callable[[Path, Path, Sequence[Submission], Sequence[Test]], Measured]] = {
    "nbgrader": nbgrader,
    "otter run": otter,
    "gradescope-utils": gradescope,
    "check50": check50,
    "pytest": pytest,
}
