"""Whatever ends the process that grades does not end nbgrader, and costs the student in hand alone."""

import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from nbformat import v4

from autograder import batch
from autograder.course import load_homework
from autograder.grading import grade_best
from autograder.nbgrader import steps
from autograder.nbgrader.outputs import GraderFaultError, show
from autograder.nbgrader.steps import SandboxSettings
from autograder.sandbox import levels
from autograder.submission import Submission

ROOT = Path(__file__).parents[2]
RIGHT = (ROOT / "docs" / "demo" / "derivatives" / "ada.py").read_text(encoding="utf-8")


def killed() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def out_of_memory() -> None:
    kept = []
    while True:
        kept.append(bytearray(1 << 28))


def gone() -> None:
    os._exit(0)


@pytest.fixture
def settings() -> SandboxSettings:
    try:
        levels.choose("auto")
    except levels.SandboxError as error:
        pytest.skip(f"no sandbox on this machine: {error}")
    steps._worker.cache_clear()
    return SandboxSettings(course=str(ROOT))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("way", "status"), [(killed, "grader_fault"), (gone, "grader_fault"), (out_of_memory, "timeout")]
)
def test_a_process_that_ends_costs_nobody_else_anything(
    monkeypatch: pytest.MonkeyPatch, settings: SandboxSettings, way: Callable[[], None], status: str
) -> None:
    def grade(homework: Any, submissions: Any, *others: Any) -> Any:
        if submissions[0].student == "eve":
            way()
        return grade_best(homework, submissions, *others)

    monkeypatch.setattr(batch, "grade_best", grade)
    homework = load_homework("derivatives", ROOT)
    reports = {
        name: settings.grade(homework, name, Submission(name, (RIGHT,), "derivatives.ipynb", notebook=True))
        for name in ("ada", "eve", "zoe")
    }
    full = homework.max_score
    assert {name: (r.score, r.max_score) for name, r in reports.items()} == {
        "ada": (full, full),
        "eve": (0.0, full),
        "zoe": (full, full),
    }
    assert {exercise.status for exercise in reports["eve"].exercises} == {status}
    if status == "grader_fault":
        with pytest.raises(GraderFaultError, match="run `nbgrader autograde` for this student again"):
            show(v4.new_notebook(), reports["eve"])
