"""Reports and marks on disk: whole, readable, and inert in a spreadsheet."""

import csv
import json
import zlib
from typing import Any

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from autograder.gradebook import Row, absent_row, row_of, table_lines
from autograder.homework import Exercise, Homework
from autograder.ledger import outline_of
from autograder.report import (
    ByHand,
    CommittedGuesses,
    ExerciseReport,
    HandedIn,
    Report,
    from_json,
    packed,
    to_json,
    total,
    unpacked,
)
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


def table(reports: list[Report | Row]) -> list[list[str]]:
    rows = [row_of(each) if isinstance(each, Report) else each for each in reports]
    return list(csv.reader(table_lines(outline_of(HOMEWORK), rows)))


@given(st.text(alphabet=st.characters(), max_size=50))
@example("\ud800 and \udfff")
def test_any_text_can_be_packed(text: str) -> None:
    found = unpacked(packed(report(output=text)))
    assert found.output == text.encode("utf-8", "backslashreplace").decode()
    assert to_json(found)


PACKED = packed(report())


@pytest.mark.parametrize(
    "data",
    [
        *(b"", b"{}", b"\x00", PACKED[:-1], PACKED[:-5], PACKED[:20], PACKED[1:]),
        *(zlib.compress(text) for text in (b"{}", b"", b"[1]", b'{"homework": "\xff"}', b"\x00")),
    ],
)
def test_what_is_no_report_is_refused(data: bytes) -> None:
    with pytest.raises(msgspec.MsgspecError):
        unpacked(data)


def test_what_unpacks_to_more_than_any_report_is_refused() -> None:
    with pytest.raises(msgspec.DecodeError, match="no end"):
        unpacked(zlib.compress(b" " * (1 << 26) + to_json(report())))


def test_a_report_of_another_schema_is_refused_whatever_its_fields_are() -> None:
    for other in (b'{"schema": 2}', to_json(report()).replace(b'"schema": 1', b'"schema": 0')):
        with pytest.raises(msgspec.DecodeError, match=r"its schema is [02], and this version reads schema 1"):
            from_json(other)


def test_a_report_of_an_older_version_without_digests_is_read() -> None:
    fields = json.loads(to_json(report("bob", 1)))
    for name in ("grader", "rubric", "submission"):
        del fields[name]
    assert from_json(json.dumps(fields).encode()) == report("bob", 1)


def test_what_guesses_give_back_is_a_column_where_the_rubric_lets_them() -> None:
    outline = msgspec.structs.replace(outline_of(HOMEWORK), guess_points=2.0)
    guesses = CommittedGuesses(1.5, 3, 4)
    some = report("bob", 1.0, 2.0)
    made = msgspec.structs.replace(some, guesses=guesses, score=total(some.exercises, guesses))
    head, *rows = csv.reader(table_lines(outline, [row_of(made), absent_row("eve", outline)]))
    assert head[1:5] == ["minibatches", "train", "guesses", "score"]
    assert rows[0][:6] == ["bob", "1", "2", "0.5", "3.5", "4"]
    assert rows[1][:6] == ["eve", "0", "0", "0", "0", "4"]


def test_grades_are_free_of_noise() -> None:
    assert table([report("Alice", 1.5), report("bob", 0.1 + 0.2, 2.0), report("Carol")]) == [
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
def test_names_cannot_be_formulas(student: str) -> None:
    row = table([report(student)])[1]
    assert row[0].startswith("'")
    assert row[0].isprintable()


@given(st.text(alphabet=st.characters(), max_size=30))
def test_any_name_is_one_inert_cell(student: str) -> None:
    rows = table([report(student, 1, 1)])
    assert len(rows) == 2
    assert rows[1][1:6] == ["1", "1", "2", "4", "graded"]
    assert rows[1][0][:1] not in set("=+-@\t\r\n")


def test_what_those_who_grade_need_to_know_stands_behind_the_marks() -> None:
    told = HandedIn(attempt=2, attempts=3, when="2026-11-30T23:59:00", late=True, late_seconds=93_600.0)
    graded = msgspec.structs.replace(report("ada", 2.0, 1.0), source="ada; final.py", submission="b9")
    reports = [
        msgspec.structs.replace(graded, handed_in=msgspec.structs.replace(told, note='Late, "so".')),
        Report("sgd", "bob", 0.0, 4.0, "full", _all("missing"), ["It is a PDF.", "x"], source="=bob.pdf"),
        Report("sgd", "cleo", 0.0, 4.0, "full", _all("missing"), ["Line 1: no"], submission="b9"),
        Report("sgd", "dan", 0.0, 0.0, "full", _all("grader_fault")),
        absent_row("eve", outline_of(HOMEWORK), "-2"),
    ]
    rows = table(reports)
    names = ", ".join(exercise.name for exercise in _all("grader_fault"))
    assert rows[4][1:3] == ["", ""]
    assert [row[5:] for row in rows[1:]] == [
        ["graded", "ada; final.py", "2 of 3", "1 day 2 hours", 'Late, "so".', ""],
        ["unreadable", "'=bob.pdf", "", "", "It is a PDF.", ""],
        ["no functions", "", "", "", "Line 1: no", ""],
        ["grader fault", "", "", "", f"Not judged: {names}, as the grader failed there. Grade it again.", ""],
        ["nothing handed in", "", "", "", "Nothing was handed in.", "'-2"],
    ]
    assert rows[5][1:5] == ["0", "0", "0", "4"]
    lines = table_lines(outline_of(HOMEWORK), [absent_row("eve", outline_of(HOMEWORK))])
    assert all(line.startswith('"') and line.endswith('"\n') for line in lines)


def test_points_that_a_person_gave_are_told() -> None:
    given = msgspec.structs.replace(_all("partial")[0], score=1.0, by_hand=ByHand("Told me why", 0.0))
    row = row_of(msgspec.structs.replace(report("ada", 1.0), exercises=[given, _all("failed")[1]]))
    assert row.note == "Points given by hand: minibatches."
    assert row.scores == {"minibatches": "1", "train": "0"}


def _all(status: Any) -> list[ExerciseReport]:
    return [ExerciseReport(exercise.function, 0.0, 2.0, status, []) for exercise in HOMEWORK.exercises]
