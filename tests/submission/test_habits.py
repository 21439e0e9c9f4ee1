"""Files as students hand them in come out as a person would expect."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from everyday import everyday
from habit import FUNCTIONS, Habit, written

from autograder.course import load_homework
from autograder.grading import grade
from autograder.homework import Homework
from autograder.report import to_json
from autograder.sandbox.host import Limits, Sandbox
from autograder.submission import read
from autograder.submission.modules import modules_beside

COURSE = Path(__file__).parents[2]
TABLES = sorted(path.stem for path in (Path(__file__).parent / "habits").glob("*.py"))
# of this machine, which nobody needs to read
PLACES = {place.encode() for place in (sys.base_prefix, sys.prefix, str(COURSE), "/sandbox")} - {b"/usr"}
sys.path.insert(0, str(Path(__file__).parent))
HABITS: list[tuple[str, str, Habit]] = [
    (table, name, habit)
    for table in TABLES
    for name, habit in importlib.import_module(f"habits.{table}").HABITS.items()
]


@pytest.fixture(scope="module")
def homework() -> Homework:
    return load_homework("derivatives", COURSE)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox("auto", Limits(call_seconds=1.0)) as made:
        yield made


@pytest.mark.parametrize(
    ("table", "name", "habit"), everyday(HABITS, 4), ids=[f"{t}: {n}" for t, n, _ in HABITS]
)
def test_what_students_hand_in_comes_out_as_a_person_would_expect(
    table: str, name: str, habit: Habit, homework: Homework, sandbox: Sandbox
) -> None:
    files = [(tuple(p.split("/")), read(written(content), p, "ada")) for p, content in habit.files.items()]
    works = [
        replace(work, modules=modules_beside(parts, files))
        for parts, work in files
        if Path(parts[-1]).stem == homework.name
    ]
    reports = [grade(homework, work, sandbox, b"for tests") for work in works]
    report = max(reports, key=lambda each: each.score)
    lost = {each.name for each in report.exercises if each.score < each.max_score}
    verdicts = [v.message for each in report.exercises for v in each.verdicts if "Right" not in v.message]
    all_of_them = [v.message for each in report.exercises for v in each.verdicts]
    apart = [message for message in all_of_them if "Judged separately" in message]
    said = "\n".join([*report.notes, *verdicts, *apart])
    assert lost == set(habit.lost), said
    assert not [place for place in PLACES if place in to_json(report)], said
    assert [words for words in habit.told if words not in said] == [], said
    if habit.quiet:
        assert report.notes == []


def test_the_functions_of_the_tables_are_all_there_are(homework: Homework) -> None:
    assert list(FUNCTIONS) == [exercise.function for exercise in homework.exercises]
