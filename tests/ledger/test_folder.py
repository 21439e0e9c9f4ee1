"""The folder of a class: what is in the way, what is moved aside, and what is forgotten."""

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from classes import RIGHT, grade, mark, names, row

# ------------------------------------------------------------- the submissions are another folder


@pytest.mark.parametrize("out", ["in", "in/out", "in/..", "link", "link/out", "other/../in"])
def test_an_output_folder_that_is_in_or_around_the_submissions_is_refused(
    course: Path, place: Path, out: str
) -> None:
    (place / "other").mkdir()
    (place / "link").symlink_to(place / "in")
    before = sorted(path.name for path in (place / "in").iterdir())
    said = grade(course, place, "--out", place / out, status=2)
    assert "are not separate: name another folder with --out" in said
    assert sorted(path.name for path in (place / "in").iterdir()) == before
    assert sorted(path.name for path in place.iterdir()) == ["in", "link", "other"]


def test_an_output_folder_around_one_student_s_file_is_refused(course: Path, place: Path) -> None:
    from classes import autograder

    said = autograder(
        course, "grade", "derivatives", place / "in" / "bo.py", "--out", place / "in", "--sandbox", "none",
        status=2,
    )  # fmt: skip
    assert "are not separate" in said


# ------------------------------------------------------------------------ what is in the way


@pytest.mark.parametrize("name", ["earlier", ".new-views", "ledger.lock"])
@pytest.mark.parametrize("kind", ["a file", "a folder", "a link"])
def test_what_is_in_the_way_is_told_before_anything_is_graded(
    course: Path, place: Path, name: str, kind: str
) -> None:
    grade(course, place)
    (place / "in" / "bo.py").write_text(RIGHT)
    inside = place / "elsewhere" / "mine.txt"
    inside.parent.mkdir()
    inside.write_text("mine")
    there = place / "out" / name
    if there.is_dir():
        shutil.rmtree(there)
    there.unlink(missing_ok=True)
    if kind == "a file":
        there.write_text("mine")
    elif kind == "a folder":
        there.mkdir()
    else:
        there.symlink_to(inside if name == "ledger.lock" else inside.parent)
    if kind == ("a file" if name == "ledger.lock" else "a folder"):
        grade(course, place)
        assert row(place, "bo")["score"] == "3"
        return
    said = grade(course, place, status=1)
    assert f"{there} is {kind}" in said
    assert "move it away, or name another output folder" in said
    assert row(place, "bo")["score"] == "0"
    assert inside.read_text() == "mine"
    assert [path.name for path in inside.parent.iterdir()] == ["mine.txt"]


# --------------------------------------------------------------------------- what was shown


def change(place: Path, number: int) -> None:
    (place / "in" / "bo.py").write_text(f"{RIGHT}# {number}\n")


def earlier(place: Path) -> list[str]:
    return sorted(path.name for path in (place / "out" / "earlier").iterdir())


def test_folders_of_one_s_own_stay_whatever_they_are_called(course: Path, place: Path) -> None:
    own = place / "out" / "earlier" / "run-99"
    own.mkdir(parents=True)
    (own / "thesis.txt").write_text("mine")
    os.utime(own, (0, 0))
    for number in range(8):
        change(place, number)
        grade(course, place)
    assert earlier(place) == ["run-3", "run-4", "run-5", "run-6", "run-7", "run-99"]
    assert (own / "thesis.txt").read_text() == "mine"


def test_what_was_changed_after_it_was_moved_aside_stays(course: Path, place: Path) -> None:
    for number in range(8):
        change(place, number)
        grade(course, place)
        if number == 2:
            (place / "out" / "earlier" / "run-1" / "feedback" / "bo.html").write_text("my notes")
            (place / "out" / "earlier" / "run-2" / "notes.txt").write_text("my notes")
    assert earlier(place) == ["run-1", "run-2", "run-3", "run-4", "run-5", "run-6", "run-7"]
    assert (place / "out" / "earlier" / "run-1" / "feedback" / "bo.html").read_text() == "my notes"


def test_the_oldest_go_whatever_the_times_of_folders_say(course: Path, place: Path) -> None:
    for number in range(8):
        change(place, number)
        grade(course, place)
        for k, path in enumerate(sorted((place / "out" / "earlier").glob("run-*"), reverse=True)):
            os.utime(path, (k, k))
    assert earlier(place) == ["run-3", "run-4", "run-5", "run-6", "run-7"]


def test_what_is_shown_and_what_was_shown_are_independent(course: Path, place: Path) -> None:
    grade(course, place)
    change(place, 1)
    grade(course, place)
    old, new = (place / "out" / each / "feedback" / "ada.html" for each in ("earlier/run-1", "."))
    before = new.read_bytes()
    assert old.read_bytes() == before
    with open(old, "ab") as file:
        file.write(b"mine")
    assert new.read_bytes() == before


def test_a_copy_of_a_whole_folder_was_not_changed(course: Path, place: Path) -> None:
    grade(course, place)
    (place / "out").rename(place / "backup")
    shutil.copytree(place / "backup", place / "out", copy_function=shutil.copyfile)
    change(place, 1)
    assert "earlier/run-1" in grade(course, place)
    assert earlier(place) == ["run-1"]
    assert names(place) == [["ada", "bo", "cy"]] * 3


def test_that_edited_views_were_moved_aside_is_told_when_points_are_given(course: Path, place: Path) -> None:
    grade(course, place)
    assert "somebody had changed" not in mark(place, "bo", "predict", 1, "--why", "x")
    (place / "out" / "grades.csv").write_text("edited")
    said = mark(place, "bo", "predict", 2, "--why", "x")
    aside = place / "out" / "earlier" / "run-1-changed"
    assert f"What somebody had changed there is in {aside}." in said
    assert (aside / "grades.csv").read_text() == "edited"


def test_a_page_of_another_kind_among_the_pages_is_a_change(course: Path, place: Path) -> None:
    grade(course, place)
    pages = place / "out" / "feedback"
    shutil.copy2(pages / "bo.html", pages / "bo.txt")
    assert "run-1-changed" in grade(course, place)
    assert (place / "out" / "earlier" / "run-1-changed" / "feedback" / "bo.txt").exists()


def test_a_change_of_folders_that_broke_off_is_finished(course: Path, place: Path) -> None:
    grade(course, place)
    out = place / "out"
    shutil.copytree(out / "reports", out / ".new-views" / "reports")
    with closing(sqlite3.connect(out / "ledger.sqlite")) as connection:
        connection.execute("UPDATE facts SET value = '{broken' WHERE name = 'change'")
        connection.commit()
    grade(course, place)
    assert names(place) == [["ada", "bo", "cy"]] * 3
    assert not (out / ".new-views").exists()
    assert (out / "earlier" / "run-1-changed" / "reports" / "bo.json").exists()
