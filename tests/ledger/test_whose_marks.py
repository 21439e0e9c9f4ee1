"""Marks by hand stay with a person, whoever else comes or goes, and never become another's."""

import itertools
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from classes import RIGHT, WRONG, autograder, grade, mark, names, row, rows

from autograder import marking
from autograder.ledger import Mark, Outline, Participant, Record, RunFacts, held, whose
from autograder.naming import NamingError

FACTS = RunFacts(Outline("h", "H", [("f", 2.0)]), "rubric", "judge", "in", "plain", "none")


def hand_in(place: Path, files: dict[str, str]) -> None:
    """Let these files be the class."""
    shutil.rmtree(place / "in")
    for name, text in files.items():
        path = place / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def roster(place: Path, *lines: str) -> tuple[object, ...]:
    (place / "roster.csv").write_text("\n".join(lines))
    return ("--roster", place / "roster.csv", "--yes")


# ------------------------------------------------------------------------- who else is there


JANE = "1-11 - Jane Doe - Sep 24, 2024 926 PM/derivatives.py"
OTHER_JANE = "2-12 - Jane Doe - Sep 24, 2024 927 PM/derivatives.py"
BOB = "3-13 - Bob - Sep 24, 2024 928 PM/derivatives.py"


def test_a_mark_stays_when_somebody_of_the_same_name_comes(course: Path, place: Path) -> None:
    hand_in(place, {JANE: WRONG, BOB: WRONG})
    grade(course, place)
    mark(place, "Jane Doe", "predict", 2, "--why", "x")
    hand_in(place, {JANE: WRONG, OTHER_JANE: WRONG, BOB: WRONG})
    said = grade(course, place)
    assert [(each["student"], each["predict"]) for each in rows(place)] == [
        ("Bob", "0"),
        ("Jane Doe_11", "2"),
        ("Jane Doe_12", "0"),
    ]
    assert "Marks by hand that do not count" not in said


def test_a_mark_does_not_go_to_somebody_of_the_same_name_who_stays(course: Path, place: Path) -> None:
    hand_in(place, {JANE: WRONG, BOB: WRONG})
    grade(course, place)
    mark(place, "Jane Doe", "predict", 2, "--why", "x")
    hand_in(place, {OTHER_JANE: WRONG, BOB: WRONG})
    said = grade(course, place)
    assert row(place, "Jane Doe")["predict"] == "0"
    assert (
        "Marks by hand that do not count as they were given; they are kept: Jane Doe: 2 for predict" in said
    )
    assert "Nobody in this run is known as brightspace: Jane Doe_11 (Jane Doe)." in said
    hand_in(place, {JANE: WRONG, BOB: WRONG})
    assert "do not count" not in grade(course, place)
    assert row(place, "Jane Doe")["predict"] == "2"


def test_two_sections_may_have_one_name_each(course: Path, place: Path) -> None:
    def in_section(name: str, number: int) -> str:
        return f"{name}/Student_{number}_assignsubmission_file/derivatives.py"

    both = {in_section(name, number): WRONG for name in ("A", "B") for number in (1, 2)}
    hand_in(place, both)
    grade(course, place, "--inside", "*")
    assert "Student_1 (A)" in names(place)[0]
    mark(place, "Student_1 (A)", "predict", 2, "--why", "x")
    hand_in(place, {path: text for path, text in both.items() if path != in_section("A", 1)})
    said = grade(course, place, "--inside", "*")
    assert {each["predict"] for each in rows(place)} == {"0"}
    assert "Student_1 (A): 2 for predict" in said


def test_absent_people_of_one_name_keep_their_marks_when_the_roster_changes(
    course: Path, place: Path
) -> None:
    lines = ["name,id,email", "Ana,,a@x", "Ana,,b@x", "Ada,ada,"]
    grade(course, place, *roster(place, *lines))
    mark(place, "b@x", "predict", 2, "--why", "x")
    grade(course, place, *roster(place, lines[0], "Moe,,m@x", lines[2], lines[3], lines[1]))
    assert (row(place, "Ana_b@x")["predict"], row(place, "Ana_a@x")["predict"]) == ("2", "0")


def test_nobody_can_have_a_mark_of_whom_only_a_name_is_known_that_others_have(
    course: Path, place: Path
) -> None:
    grade(course, place, *roster(place, "name,id", "Ana,", "Ana,", "Ada,ada"))
    said = mark(place, "Ana (line 2)", "predict", 2, "--why", "x", status=2)
    assert "Nothing but a name is known of Ana (line 2) and Ana (line 3)" in said
    grade(course, place, *roster(place, "name,id", "Ana,", "Ada,ada"))
    mark(place, "Ana", "predict", 2, "--why", "x")
    said = grade(course, place, *roster(place, "name,id", "Ana,", "Ana,", "Ada,ada"))
    assert "It may be Ana (line 2) or Ana (line 3): give it again to who is meant." in said
    assert row(place, "Ana (line 2)")["predict"] == row(place, "Ana (line 3)")["predict"] == "0"
    assert "Ana, who is not in this run" in mark(place, "Ana", "predict", "--undo")
    assert "do not count" not in grade(course, place, *roster(place, "name,id", "Ana,", "Ana,", "Ada,ada"))


def test_somebody_who_was_absent_keeps_marks_when_handing_in(course: Path, place: Path) -> None:
    lines = roster(place, "name,id", "Zoe,zoe", "Ada,ada", "Bo,bo", "Cy,cy")
    grade(course, place, *lines)
    mark(place, "Zoe_zoe", "predict", 2, "--why", "x")
    (place / "in" / "zoe.py").write_text(WRONG)
    said = grade(course, place, *lines)
    assert row(place, "zoe")["predict"] == "2"
    assert "do not count" not in said
    grade(course, place, *lines)
    (place / "in" / "zoe.py").unlink()
    grade(course, place, *lines)
    assert row(place, "Zoe_zoe")["predict"] == "2"


# --------------------------------------------------------------------------- whose work it is


def test_somebody_who_is_absent_does_not_get_the_work_of_a_group_of_that_name(
    course: Path, place: Path
) -> None:
    (place / "in" / "Zoe_zoe.py").write_text(RIGHT)
    grade(course, place, *roster(place, "name,id,group", "Max,max,Zoe_zoe", "Zoe,zoe,", "Ada,ada,"))
    assert row(place, "Max_max")["score"] == "3"
    assert (row(place, "Zoe_zoe")["score"], row(place, "Zoe_zoe")["status"]) == ("0", "nothing handed in")
    assert "Zoe_zoe" not in names(place)[1]


def test_people_of_one_name_in_two_groups_have_their_own_group_s_marks(course: Path, place: Path) -> None:
    (place / "in" / "red.py").write_text(RIGHT)
    (place / "in" / "blue.py").write_text(WRONG)
    grade(course, place, *roster(place, "name,group", "Ana,blue", "Ana,red", "Ada,"))
    anas = {each["student"]: each["score"] for each in rows(place) if each["student"].startswith("Ana")}
    assert anas == {"Ana": "0", "Ana (line 3)": "3"}


# ------------------------------------------------------------------- what applies to nobody


def test_a_mark_of_somebody_whose_name_changed_is_told_and_can_be_taken_back(
    course: Path, place: Path
) -> None:
    grade(course, place)
    mark(place, "bo", "predict", 2, "--why", "x")
    (place / "in" / "bo.py").rename(place / "in" / "Bo.py")
    said = grade(course, place)
    assert "bo: 2 for predict, given on " in said
    assert "Nobody in this run is known as plain: bo." in said
    assert "bo: 2 for predict, given on " in grade(course, place)
    said = mark(place, "bo", "predict", "--undo")
    assert "bo, who is not in this run: the 2 for predict are taken back." in said
    assert "do not count" not in grade(course, place)


def test_a_mark_for_an_exercise_that_is_gone_is_told_and_can_be_taken_back(course: Path, place: Path) -> None:
    grade(course, place)
    mark(place, "bo", "predict", 2, "--why", "x")
    with held(place / "out") as ledger:
        ledger.set_marks("derivatives", [(Mark(("plain: bo",), "bo", "gone", 1.0, "x"), ())])
    said = grade(course, place)
    assert "bo: 1 for gone, given on " in said
    assert "derivatives has no such exercise" in said
    assert "bo: gone has no points by hand now." in mark(place, "bo", "gone", "--undo")
    assert "do not count" not in grade(course, place)
    assert row(place, "bo")["predict"] == "2"
    assert "has no exercise 'gone'" in mark(place, "bo", "gone", "--undo", status=2)


def test_more_points_than_there_are_now_are_told(course: Path, place: Path) -> None:
    grade(course, place)
    with held(place / "out") as ledger:
        ledger.set_marks("derivatives", [(Mark(("plain: bo",), "bo", "predict", 5.0, "x"), ())])
    said = grade(course, place)
    assert "bo: 5 for predict, given on " in said
    assert "It has 3 points now, and no more are counted." in said
    assert row(place, "bo")["predict"] == "3"


# ----------------------------------------------------------------------------- who is named


def people_called_ana(folder: Path) -> None:
    people = [
        Participant("Ana", "Ana", "Ana", ("1",), known_as=("moodle id: 1",)),
        Participant("Ana", "Ana-22", "Ana", ("2",), known_as=("moodle id: 2",)),
        Participant("Ana", "Ana-33", "Ana", known_as=("moodle: Ana",)),
    ]
    with held(folder) as ledger:
        run = ledger.begin(FACTS)
        for person in people:
            ledger.add(run, Record("", (person,)))
        ledger.end(run, 0, 0)


def test_a_name_of_several_is_refused_with_what_tells_them_apart(tmp_path: Path) -> None:
    people_called_ana(tmp_path)
    with pytest.raises(NamingError, match="may be one of 3") as refused:
        marking.run(tmp_path, "Ana", "f", 2.0, "x")
    assert 'Ana, as "1", Ana, as "2", Ana, as "Ana-33"' in str(refused.value)
    for number, name in enumerate(("1", "2", "Ana-33")):
        marking.run(tmp_path, name, "f", float(number), "x")
    with held(tmp_path) as ledger:
        given = ledger.whose_marks(ledger.insist_on_current()).marks()
    points = {slug: of["f"].points for slug, of in given.items()}
    assert points == {"Ana": 0.0, "Ana-22": 1.0, "Ana-33": 2.0}


def test_a_number_of_one_that_is_the_name_of_another_is_refused(tmp_path: Path) -> None:
    with held(tmp_path) as ledger:
        run = ledger.begin(FACTS)
        for person in (
            Participant("12", "12", ids=("12",), known_as=("plain: 12",)),
            Participant("Bo", "Bo", ids=("12",), known_as=("roster id: 12",)),
        ):
            ledger.add(run, Record("", (person,)))
        ledger.end(run, 0, 0)
    with pytest.raises(NamingError, match='12, as "plain: 12", Bo, as "Bo"'):
        marking.run(tmp_path, "12", "f", 2.0, "x")
    assert "12: f has 2 of 2 points" in marking.run(tmp_path, "plain: 12", "f", 2.0, "x")


def test_the_name_in_the_table_is_found_as_it_stands_there_and_in_any_accents(
    course: Path, place: Path
) -> None:
    for name in ("=cmd", "_x", "x", "Jos\u00e9"):
        (place / "in" / f"{name}.py").write_text(WRONG)
    grade(course, place)
    for wanted, shown in (("'=cmd", "'=cmd"), ("x", "x"), ("_x", "_x"), ("JOSE\u0301", "Jos\u00e9")):
        mark(place, wanted, "predict", 2, "--why", "x")
        assert row(place, shown)["predict"] == "2"
        mark(place, wanted, "predict", "--undo")
        assert {each["predict"] for each in rows(place) if each["student"] != "ada"} == {"0"}
        assert "1 graded" in grade(course, place, "--regrade", wanted)


def test_the_last_of_two_marks_of_one_person_counts() -> None:
    ada = Participant("ada", "ada", known_as=("plain: ada", "roster id: 1"))
    old, new = (Mark((text,), "ada", "f", float(k), "x") for k, text in enumerate(ada.known_as))
    assert whose([old, new], [ada]).marks() == {"ada": {"f": new}}
    assert whose([old, new], [ada]).of("ada", "f") == [old, new]


def test_of_several_who_are_known_alike_the_surest_decides() -> None:
    people = [
        Participant("a", "a", known_as=("moodle: a", "roster id: 1")),
        Participant("b", "b", known_as=("moodle: b", "roster id: 1")),
    ]
    known = ("moodle: b", "roster id: 1")
    assert [slug for slug, _ in whose([Mark(known, "b", "f", 1.0, "")], people).owned] == ["b"]
    gone = ("moodle: c", "roster id: 1")
    assert [names for _, names in whose([Mark(gone, "c", "f", 1.0, "")], people).nobodys] == [("a", "b")]


def test_runs_of_another_homework_have_marks_of_their_own(course: Path, place: Path) -> None:
    grade(course, place)
    with held(place / "out") as ledger:
        ledger.set_marks("sgd", [(Mark(("plain: bo",), "bo", "predict", 2.0, "x"), ())])
    grade(course, place)
    assert row(place, "bo")["predict"] == "0"
    assert "Nobody gave bo points" in autograder(
        course, "set", "bo", "predict", "--undo", "--graded", place / "out", status=2
    )


def test_points_that_are_given_together_are_all_kept_or_none(course: Path, place: Path) -> None:
    grade(course, place)

    def some() -> Iterator[tuple[Mark, tuple[()]]]:
        yield Mark(("plain: bo",), "bo", "predict", 1.0, "x"), ()
        raise KeyboardInterrupt

    with held(place / "out") as ledger:
        with pytest.raises(KeyboardInterrupt):
            ledger.set_marks("derivatives", some())
        assert ledger.marks("derivatives") == []
        ledger.set_marks("derivatives", itertools.islice(some(), 1))
        assert [mark.student for mark in ledger.marks("derivatives")] == ["bo"]
