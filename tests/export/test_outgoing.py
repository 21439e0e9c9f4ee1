"""What may not go out stops everything with a sentence; what goes out is written whole or not at all."""

import contextlib
import os
import sqlite3
import stat
from hashlib import sha256
from pathlib import Path

import msgspec
import pytest
from handing_on import THREE, Class

from autograder.cli import exporting
from autograder.export import comments, platforms, replacing
from autograder.export.errors import ExportError
from autograder.report import ExerciseReport, HandedIn, Report, Verdict, packed, unpacked

TABLE = "User ID,derivatives\njdoe,\nada,\n"


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory, course: Path) -> Class:
    made = Class(tmp_path_factory.mktemp("plain"), course)
    made.grade({"jdoe.py": THREE, "ada.py": THREE})
    return made


@pytest.fixture
def graded(once: Class, tmp_path: Path) -> Class:
    return once.copy(tmp_path)


def change_report(graded: Class, student: str, **changes: object) -> None:
    """Put another report into the ledger."""
    with contextlib.closing(sqlite3.connect(graded.graded / "ledger.sqlite")) as connection:
        for key, data in connection.execute("SELECT key, report FROM reports").fetchall():
            report = unpacked(data)
            if report.student == student:
                other = packed(msgspec.structs.replace(report, **changes))
                values = (other, sha256(other).hexdigest(), key)
                connection.execute("UPDATE reports SET report = ?, digest = ? WHERE key = ?", values)
        connection.commit()


def refused(graded: Class, *options: object) -> str:
    """What the command says where it writes nothing."""
    into = graded.put("numeric.csv", TABLE)
    said = graded.export("submitty", into, *options, status=1)
    assert into.read_text() == TABLE
    return said


def test_a_mark_that_is_not_complete_stops_everything_until_somebody_says_so(graded: Class) -> None:
    failed = [ExerciseReport("predict", 0.0, 3.0, "grader_fault", [])]
    change_report(graded, "ada", exercises=failed, score=0.0)
    assert "Nothing is written: the grader failed at the work of ada (predict)." in refused(graded)
    into = graded.put("numeric.csv", TABLE)
    assert "Not complete: ada (predict)" in graded.export("submitty", into, "--accept-faults")
    assert into.read_text() == "User ID,derivatives\njdoe,3\nada,0\n"


def test_points_by_hand_complete_a_mark(graded: Class) -> None:
    failed = [ExerciseReport("predict", 0.0, 3.0, "grader_fault", [])]
    change_report(graded, "ada", exercises=failed, score=0.0)
    graded.points("ada", 1.5)
    into = graded.put("numeric.csv", TABLE)
    graded.export("submitty", into)
    assert into.read_text() == "User ID,derivatives\njdoe,3\nada,1.5\n"


def test_a_report_of_another_rubric_stops_everything(graded: Class) -> None:
    change_report(graded, "ada", rubric="0" * 64)
    assert "derivatives was changed since" in refused(graded)


def test_a_rubric_that_was_changed_stops_everything(graded: Class) -> None:
    rubric = graded.course / "solutions" / "derivatives" / "rubric.py"
    before = rubric.read_text()
    try:
        rubric.write_text(f"{before}\n# changed\n")
        assert "derivatives was changed since" in refused(graded)
    finally:
        rubric.write_text(before)


def test_what_is_missing_is_said(graded: Class) -> None:
    into = graded.put("numeric.csv", TABLE)
    common = ("export", "derivatives", "--to", "submitty")
    assert "Name the file that submitty exported with --into." in graded.run(*common, status=2)
    said = graded.run(*common, "--into", into, "--graded", graded.place / "no", status=2)
    assert "There is no ledger.sqlite in" in said
    said = graded.run("export", "nothing", *common[2:], "--into", into, "--graded", graded.graded, status=2)
    assert "There is no homework 'nothing'" in said
    assert "--pages is for moodle and brightspace" in refused(graded, "--pages", graded.place / "x.zip")
    said = graded.run("export", "derivatives", "--to", "nbgrader", "--into", into, status=2)
    assert "--into does not apply to nbgrader, which takes --accept-faults, --graded" in said


@pytest.mark.parametrize("platform", exporting.FILES)
def test_another_file_is_refused_with_a_remedy(graded: Class, platform: str) -> None:
    into = graded.put("other.csv", "colour;number of legs\nred;4\n")
    said = graded.export(platform, into, status=1)
    assert "export" in said or "download it again" in said
    assert into.read_text() == "colour;number of legs\nred;4\n"


def test_the_command_knows_every_platform() -> None:
    assert exporting.FILES == tuple(platforms.READERS) == tuple(platforms.TITLES)


# -- all or nothing


def test_where_one_file_cannot_be_written_the_other_is_as_it_was(tmp_path: Path) -> None:
    there = tmp_path / "there.csv"
    there.write_text("old")
    with pytest.raises(ExportError, match=r"no/where\.zip cannot be written"):
        replacing.write_all(
            {
                there: lambda file: file.write(b"new"),
                tmp_path / "no" / "where.zip": lambda file: file.write(b"x"),
            }
        )
    assert there.read_text() == "old"
    assert os.listdir(tmp_path) == ["there.csv"]


def test_a_failure_while_writing_leaves_no_trace(tmp_path: Path) -> None:
    there = tmp_path / "there.csv"
    there.write_text("old")

    def stumble(file: object) -> None:
        raise RuntimeError("in the middle")

    with pytest.raises(RuntimeError, match="in the middle"):
        replacing.write_all({there: stumble})
    assert there.read_text() == "old"
    assert os.listdir(tmp_path) == ["there.csv"]


def test_rights_and_links_stay(tmp_path: Path) -> None:
    there, link = tmp_path / "there.csv", tmp_path / "link.csv"
    there.write_text("old")
    there.chmod(0o640)
    link.symlink_to(there)
    replacing.write_all({link: lambda file: file.write(b"new")})
    assert link.is_symlink()
    assert there.read_text() == "new"
    assert stat.S_IMODE(there.stat().st_mode) == 0o640


# -- comments


HOSTILE = "<script>alert(1)</script>\x1b[31m\u202e & \n\r\t\"' ]]>"


def hostile_report() -> Report:
    verdict = Verdict("value", 0.0, 3.0, HOSTILE)
    exercise = ExerciseReport("predict", 0.0, 3.0, "error", [verdict])
    return Report("derivatives", HOSTILE, 0.0, 3.0, "none", [exercise], handed_in=HandedIn(note=HOSTILE))


def test_nothing_that_a_student_wrote_is_markup_in_a_comment() -> None:
    text = comments.comment(hostile_report(), "Derivatives", "html")
    assert "<script" not in text
    assert text.count("<") == text.count("<p>") + text.count("</p>") + text.count("ul>") + 2
    assert text.isprintable()


def test_a_comment_is_one_line_and_short() -> None:
    for form in ("html", "text"):
        text = comments.comment(hostile_report(), "Derivatives", form)
        assert text.isprintable()
        assert comments.is_ours(text)
        report = msgspec.structs.replace(hostile_report(), exercises=hostile_report().exercises * 500)
        assert len(comments.comment(report, "Derivatives", form)) < 7_000


def test_what_people_wrote_is_not_ours() -> None:
    assert comments.is_ours("  ")
    assert not comments.is_ours("Well done")
