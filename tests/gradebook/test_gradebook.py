"""Reports and marks on disk: whole, readable, and inert in a spreadsheet."""

import csv
import json
import os
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from autograder.gradebook import GradebookError, absent_row, read_reports, write_grades, write_report
from autograder.homework import Exercise, Homework
from autograder.report import ExerciseReport, HandedIn, Report, from_json, to_json
from autograder.rules.minibatches import Minibatches

HOMEWORK = Homework(
    "sgd",
    "SGD",
    tuple(Exercise(name, "slide", {"form": 2}, Minibatches()) for name in ("minibatches", "train")),
)


def report(student: str = "alice", *scores: float, output: str = "") -> Report:
    exercises = [
        ExerciseReport(exercise.function, score, 2.0, "partial", [])
        for exercise, score in zip(HOMEWORK.exercises, scores, strict=False)
    ]
    return Report("sgd", student, sum(scores), 4.0, "full", exercises, output=output)


def table(path: Path) -> list[list[str]]:
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def test_a_report_comes_back_as_it_was_written(tmp_path: Path) -> None:
    path = write_report(tmp_path / "new" / "out", "alice", report("alice", 1.5))
    assert path == tmp_path / "new" / "out" / "reports" / "alice.json"
    assert from_json(path.read_bytes()) == report("alice", 1.5)
    assert read_reports(tmp_path / "new" / "out") == {"alice": report("alice", 1.5)}
    assert os.listdir(path.parent) == ["alice.json"]


def test_a_second_report_takes_the_place_of_the_first(tmp_path: Path) -> None:
    write_report(tmp_path, "alice", report("alice", 1))
    write_report(tmp_path, "alice", report("alice", 2))
    assert read_reports(tmp_path)["alice"].score == 2


@given(st.text(alphabet=st.characters(), max_size=50))
@example("\ud800 and \udfff")
def test_any_text_can_be_stored(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    out = tmp_path_factory.mktemp("out")
    write_report(out, "alice", report(output=text))
    assert read_reports(out)["alice"].output == text.encode("utf-8", "backslashreplace").decode()


def test_readers_never_see_half_a_report(tmp_path: Path) -> None:
    write_report(tmp_path, "alice", report("alice", output="x" * 100_000))
    stop = threading.Event()

    def write() -> None:
        while not stop.is_set():
            write_report(tmp_path, "alice", report("alice", output="x" * 100_000))

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for _ in range(30):
            assert read_reports(tmp_path)["alice"].output == "x" * 100_000
    finally:
        stop.set()
        writer.join()


@pytest.mark.parametrize("slug", ["../alice", "a/b", "", "/etc/passwd"])
def test_a_slug_cannot_leave_the_folder(tmp_path: Path, slug: str) -> None:
    with pytest.raises(ValueError, match="no file name"):
        write_report(tmp_path, slug, report())


@pytest.mark.parametrize("data", [b"{}", b"", b"[1]", b'{"homework": "\xff"}', b"\x00"])
def test_what_is_no_report_is_named(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "bob.json").write_bytes(data)
    with pytest.raises(GradebookError, match=r"bob\.json is not a report .* grade again"):
        read_reports(tmp_path)


def test_a_report_of_another_schema_is_refused_whatever_its_fields_are(tmp_path: Path) -> None:
    (tmp_path / "reports").mkdir()
    for other in (b'{"schema": 2}', to_json(report()).replace(b'"schema": 1', b'"schema": 0')):
        (tmp_path / "reports" / "bob.json").write_bytes(other)
        with pytest.raises(GradebookError, match=r"its schema is [02], and this version reads schema 1 only"):
            read_reports(tmp_path)


def test_a_report_of_an_older_version_without_digests_is_read() -> None:
    fields = json.loads(to_json(report("bob", 1)))
    for name in ("grader", "rubric", "submission"):
        del fields[name]
    assert from_json(json.dumps(fields).encode()) == report("bob", 1)


def test_grades_are_sorted_and_free_of_noise(tmp_path: Path) -> None:
    reports = [report("bob", 0.1 + 0.2, 2.0), report("Alice", 1.5), report("Carol")]
    assert table(write_grades(tmp_path, HOMEWORK, reports)) == [
        [
            "student",
            "minibatches",
            "train",
            "score",
            "max_score",
            "status",
            "file",
            "attempt",
            "late",
            "note",
            "section",
        ],
        ["Alice", "1.5", "", "1.5", "4", "graded", "", "", "", "", ""],
        ["bob", "0.3", "2", "2.3", "4", "graded", "", "", "", "", ""],
        ["Carol", "", "", "0", "4", "graded", "", "", "", "", ""],
    ]


@pytest.mark.parametrize("student", ["=1+1", "+1", "-1", "@x", "\tx", "\r=x", "\n=x", *"＝＋－＠"])
def test_names_cannot_be_formulas(tmp_path: Path, student: str) -> None:
    row = table(write_grades(tmp_path, HOMEWORK, [report(student)]))[1]
    assert row[0].startswith("'")
    assert row[0].isprintable()


@given(st.text(alphabet=st.characters(), max_size=30))
def test_any_name_is_one_inert_cell(tmp_path_factory: pytest.TempPathFactory, student: str) -> None:
    rows = table(write_grades(tmp_path_factory.mktemp("out"), HOMEWORK, [report(student, 1, 1)]))
    assert len(rows) == 2
    assert rows[1][1:6] == ["1", "1", "2", "4", "graded"]
    assert rows[1][0][:1] not in set("=+-@\t\r\n")


def test_what_those_who_grade_need_to_know_stands_behind_the_marks(tmp_path: Path) -> None:
    told = HandedIn(attempt=2, attempts=3, when="2026-11-30T23:59:00", late=True, late_seconds=93_600.0)
    graded = msgspec.structs.replace(report("ada", 2.0, 1.0), source="ada; final.py", submission="b9")
    rows = [
        msgspec.structs.replace(graded, handed_in=msgspec.structs.replace(told, note='Late, "so".')),
        Report("sgd", "bob", 0.0, 4.0, "full", _all("missing"), ["It is a PDF.", "x"], source="=bob.pdf"),
        Report("sgd", "cleo", 0.0, 4.0, "full", _all("missing"), ["Line 1: no"], submission="b9"),
        Report("sgd", "dan", 0.0, 0.0, "full", _all("grader_fault")),
        replace(absent_row("eve", HOMEWORK), section="-2"),
    ]
    path = write_grades(tmp_path, HOMEWORK, rows)
    names = ", ".join(exercise.name for exercise in _all("grader_fault"))
    assert table(path)[4][1:3] == ["", ""]
    assert [row[5:] for row in table(path)[1:]] == [
        ["graded", "ada; final.py", "2 of 3", "1 day 2 hours", 'Late, "so".', ""],
        ["unreadable", "'=bob.pdf", "", "", "It is a PDF.", ""],
        ["no functions", "", "", "", "Line 1: no", ""],
        ["grader fault", "", "", "", f"Not judged: {names}, as the grader failed there. Grade it again.", ""],
        ["nothing handed in", "", "", "", "Nothing was handed in.", "'-2"],
    ]
    assert table(path)[5][1:5] == ["0", "0", "0", "4"]
    assert all(line.startswith('"') and line.endswith('"') for line in path.read_text().splitlines())


def _all(status: Any) -> list[ExerciseReport]:
    return [ExerciseReport(exercise.function, 0.0, 2.0, status, []) for exercise in HOMEWORK.exercises]


def test_an_unwritable_folder_is_explained(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    for write in (
        lambda: write_report(blocked, "alice", report()),
        lambda: write_grades(blocked, HOMEWORK, []),
    ):
        with pytest.raises(GradebookError, match=r"cannot be written .* name another folder"):
            write()


def test_a_failed_write_leaves_the_old_file_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_report(tmp_path, "alice", report("alice", 1))

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(GradebookError, match="No space left"):
        write_report(tmp_path, "alice", report("alice", 2))
    monkeypatch.undo()
    assert read_reports(tmp_path)["alice"].score == 1
    assert os.listdir(tmp_path / "reports") == ["alice.json"]
