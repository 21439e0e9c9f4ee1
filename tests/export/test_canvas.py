"""Canvas: a download in, marks into the gradebook that Canvas exported."""

from pathlib import Path

import pytest
from handing_on import NONE, THREE, Class, differences
from importers import Canvas

LAB, HOMEWORK = 4241, 4242
# Two people of one name, a name with a line break, one that looks like a formula, numbers with leading zeros.
STUDENTS = {
    4711: {"SIS User ID": "007", "SIS Login ID": "jdoe"},
    4712: {"SIS User ID": "7", "SIS Login ID": "JDoe"},
    4713: {"SIS User ID": "0042", "SIS Login ID": "noe@x.org"},
    4714: {"SIS User ID": "0043", "SIS Login ID": "away"},
    4715: {"SIS User ID": "0044", "SIS Login ID": "ex"},
    4716: {"SIS User ID": "0045", "SIS Login ID": "na"},
}
HEADER = (
    "Student,ID,SIS User ID,SIS Login ID,Section,Notes,Lab (week 2) (4241),derivatives (4242),"
    "Assignments Current Score,Final Grade of all (4299),Final Score"
)
ROWS = [
    HEADER,
    ",,,,,,,Manual Posting,,,",
    "    Points Possible,,,,,,10.00,45.00,(nur lesen),100.00,(read only)",
    '"Doe, Jane",4711,007,jdoe,A,,9.50,,88.1,1,B',
    '"Doe, Jane",4712,7,JDoe,A,"say ""hi""",8.00,12.00,70,1,C',
    '"Élève,\nNoé",4713,0042,noe@x.org,B,,,"","",1,',
    '="=Away",4714,0043,away,B,,7.00,,60,1,',
    '"Ex, Cused",4715,0044,ex,B,,EX,EX,,1,',
    '"Not, Assigned",4716,0045,na,B,,,N/A,,1,',
    '"Student, Test",4799,,,A,,,,,,',
]
DOWNLOAD = {
    "doejane_4711_98765_derivatives.py": THREE,
    "doejane_LATE_4712_98766_derivatives.py": NONE,
    "élèvenoé_4713_98767_derivatives.py": THREE,
    "excused_4715_98768_derivatives.py": THREE,
    "notassigned_4716_98769_derivatives.py": THREE,
}
WHOLE = {(4711, HOMEWORK): "3", (4712, HOMEWORK): "0", (4713, HOMEWORK): "2.5", (4714, HOMEWORK): ""}


def gradebook(end: str = "\r\n", mark: bytes = b"") -> bytes:
    return mark + (end.join(ROWS) + end).encode()


def canvas() -> Canvas:
    return Canvas(
        STUDENTS | {4799: {}}, {LAB: "Lab (week 2)", HOMEWORK: "derivatives", 4299: "Final Grade of all"}
    )


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory, course: Path) -> Class:
    made = Class(tmp_path_factory.mktemp("canvas"), course)
    made.grade(DOWNLOAD)
    made.points("élèvenoé_4713", 2.5)
    return made


@pytest.fixture
def graded(once: Class, tmp_path: Path) -> Class:
    return once.copy(tmp_path)


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_marks_arrive_at_whom_they_belong_to(graded: Class, end: str, mark: bytes) -> None:
    before = gradebook(end, mark)
    into = graded.put("gradebook.csv", before)
    said = graded.export("canvas", into, status=1)  # 4714 is in nobody's roster
    assert "3 marks written, 1 in place of another mark" in said
    assert "excused_4715 (excused), notassigned_4716 (not assigned)" in said
    assert "1 rows of people of whom nothing is known: =Away (4714)" in said
    after = into.read_bytes()
    course = canvas()
    course.take(after)
    assert {key: grade for key, grade in course.grades.items() if key in WHOLE} == WHOLE
    assert course.grades[4715, HOMEWORK] == "EX"
    assert course.grades[4716, HOMEWORK] == "N/A"
    assert course.made == []
    assert course.points[HOMEWORK] == "45.00"
    old = canvas()
    old.take(before)
    assert {k: g for k, g in course.grades.items() if k[1] != HOMEWORK} == {
        k: g for k, g in old.grades.items() if k[1] != HOMEWORK
    }
    assert after.startswith(mark + b"Student,ID")


def test_only_the_cells_of_the_column_change(graded: Class) -> None:
    into = graded.put("gradebook.csv", gradebook())
    graded.export("canvas", into, status=1)
    assert differences(gradebook(), into.read_bytes()) == [
        (
            '"Doe, Jane",4711,007,jdoe,A,,9.50,,88.1,1,B\r\n',
            '"Doe, Jane",4711,007,jdoe,A,,9.50,3,88.1,1,B\r\n',
        ),
        (
            '"Doe, Jane",4712,7,JDoe,A,"say ""hi""",8.00,12.00,70,1,C\r\n',
            '"Doe, Jane",4712,7,JDoe,A,"say ""hi""",8.00,0,70,1,C\r\n',
        ),
        ('Noé",4713,0042,noe@x.org,B,,,"","",1,\r\n', 'Noé",4713,0042,noe@x.org,B,,,"2.5","",1,\r\n'),
    ]


def test_doing_it_again_changes_nothing(graded: Class) -> None:
    into = graded.put("gradebook.csv", gradebook())
    graded.export("canvas", into, status=1)
    once = into.read_bytes()
    assert "0 marks written; 3 are there already" in graded.export("canvas", into, status=1)
    assert into.read_bytes() == once


def test_a_dry_run_shows_each_cell_and_writes_nothing(graded: Class) -> None:
    into = graded.put("gradebook.csv", gradebook())
    said = graded.export("canvas", into, "--dry-run", status=1)
    assert "doejane_4711: – → 3" in said
    assert "doejane_4712: 12.00 → 0" in said
    assert "3 marks would be written" in said
    assert into.read_bytes() == gradebook()


def test_another_file_may_be_written_instead(graded: Class) -> None:
    into = graded.put("gradebook.csv", gradebook())
    graded.export("canvas", into, "--out", graded.place / "new.csv", status=1)
    assert into.read_bytes() == gradebook()
    course = canvas()
    course.take((graded.place / "new.csv").read_bytes())
    assert course.grades[4711, HOMEWORK] == "3"


def test_with_the_gradebook_as_roster_everybody_is_known(class_: Class) -> None:
    # a roster has one line a person
    into = class_.put("gradebook.csv", gradebook().replace("Élève,\n".encode(), "Élève, ".encode()))
    class_.grade(DOWNLOAD, "--roster", into)
    said = class_.export("canvas", into)
    assert "1 handed in nothing: their cells stay as they are" in said
    assert "--roster" not in said
    course = canvas()
    course.take(into.read_bytes())
    assert course.grades[4714, HOMEWORK] == ""


def test_after_a_roster_nobody_is_sent_for_a_roster(class_: Class) -> None:
    into = class_.put("gradebook.csv", gradebook())
    class_.grade(DOWNLOAD)
    without = class_.export("canvas", into, "--dry-run", status=1)
    assert f"Grade with --roster {into} to say who is who" in without
    roster = class_.put("roster.csv", b"Name,ID\nJane Doe,4711\n")
    class_.grade(DOWNLOAD, "--roster", roster, "--yes")
    said = class_.export("canvas", into, "--dry-run", status=1)
    assert "Grade with --roster" not in said
    assert "The roster that you graded with does not have" in said
    assert "add what is missing, and grade again" in said


def test_semicolons_and_decimal_commas_stay(graded: Class) -> None:
    rows = [
        "LastName;FirstName;ID;SIS Login ID;Section;derivatives (4242);Lab (4241)",
        "    Points Possible;;;;;45,00;10,00",
        "Doe;Jane;4711;jdoe;A;;9,50",
        "Doe;Jane;4712;JDoe;A;;",
        "Élève;Noé;4713;noe@x.org;B;;",
        "Ex;Cused;4715;ex;B;;",
        "Not;Assigned;4716;na;B;;",
    ]
    before = ("\n".join(rows) + "\n").encode()
    into = graded.put("gradebook.csv", before)
    graded.export("canvas", into)
    assert b"\xc3\x89l\xc3\xa8ve;No\xc3\xa9;4713;noe@x.org;B;2,5;\n" in into.read_bytes()
    course = canvas()
    course.take(into.read_bytes())
    assert course.grades[4713, HOMEWORK] == "2.5"
    assert len(differences(before, into.read_bytes())) == 5


def test_a_number_of_another_name_is_not_believed(class_: Class) -> None:
    """In a group's download the number is that of one member, and the name that of the group."""
    class_.grade({"teamblue_4711_98765_derivatives.py": THREE, "doejane_4712_98766_derivatives.py": THREE})
    into = class_.put("gradebook.csv", gradebook())
    said = class_.export("canvas", into, status=1)
    assert "teamblue_4711: the number is in the file, but is that of Doe, Jane (4711)" not in said
    assert "teamblue_4711: the number is in the file, but is that of Doe, Jane" in said
    course = canvas()
    course.take(into.read_bytes())
    assert course.grades[4711, HOMEWORK] == ""
    assert course.grades[4712, HOMEWORK] == "3"


def test_ids_of_another_kind_do_not_decide(class_: Class) -> None:
    """Logins that differ in capitals, and a number of one kind that is another's of another kind."""
    class_.grade({"jdoe.py": THREE, "JDoe.py": NONE, "7.py": THREE, "Jdoe.py": THREE, "4713.py": THREE})
    rows = [*ROWS[:6], '"Who, Else",4720,4713,who,B,,,,,1,', '"Seven, Al",4721,x7,7,B,,,,,1,']
    into = class_.put("gradebook.csv", "\r\n".join(rows) + "\r\n")
    said = class_.export("canvas", into, status=1)
    assert "Jdoe: the file has jdoe, which differs in capitals" in said
    assert "7: the file has 2 rows for these numbers" in said
    assert "4713: the file has 2 rows for these numbers" in said
    course = Canvas(STUDENTS | {4720: {}, 4721: {}}, {LAB: "", HOMEWORK: "", 4299: ""})
    course.take(into.read_bytes())
    assert course.grades[4711, HOMEWORK] == "3"
    assert course.grades[4712, HOMEWORK] == "0"
    assert course.grades[4721, HOMEWORK] == course.grades[4713, HOMEWORK] == ""


# -- which column


def with_header(header: str) -> bytes:
    return gradebook().replace(HEADER.encode(), header.encode())


def test_where_the_column_is_not_sure_they_are_listed(graded: Class) -> None:
    into = graded.put("gradebook.csv", with_header(HEADER.replace("derivatives (4242)", "Homework 1 (4242)")))
    before = into.read_bytes()
    said = graded.export("canvas", into, status=1)
    assert "It is not sure which column is derivatives's" in said
    assert "--column: 'Lab (week 2) (4241)', 'Homework 1 (4242)'." in said
    assert into.read_bytes() == before
    for name in ("4242", "Homework 1", "Homework 1 (4242)"):
        into.write_bytes(before)
        graded.export("canvas", into, "--column", name, status=1)
        course = canvas()
        course.take(into.read_bytes())
        assert course.grades[4711, HOMEWORK] == "3"


@pytest.mark.parametrize("name", ["Final Score", "4299", "Assignments Current Score", "nothing"])
def test_what_canvas_would_not_import_is_no_column(graded: Class, name: str) -> None:
    into = graded.put("gradebook.csv", gradebook())
    said = graded.export("canvas", into, "--column", name, status=1)
    assert "has no such column that takes points" in said
    assert into.read_bytes() == gradebook()


def test_a_column_of_fewer_points_takes_no_mark_above_them(graded: Class) -> None:
    into = graded.put("gradebook.csv", gradebook().replace(b"45.00", b"2.00"))
    said = graded.export("canvas", into, "--column", "4242", status=1)
    assert "is out of 2 points, and somebody has more" in said


def test_a_column_of_other_points_must_be_named(graded: Class) -> None:
    into = graded.put("gradebook.csv", gradebook().replace(b"45.00", b"50.00"))
    assert "is out of 50 points, and derivatives out of 45" in graded.export("canvas", into, status=1)
    assert "3 marks written" in graded.export("canvas", into, "--column", "4242", status=1)
