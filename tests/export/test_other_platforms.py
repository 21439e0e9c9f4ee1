"""Brightspace, Blackboard, Sakai and Submitty: a download in, marks and feedback out."""

import zipfile
from pathlib import Path

import pytest
from handing_on import NONE, THREE, Class, differences, zipped
from importers import blackboard, brightspace, sakai, submitty

# ---------------------------------------------------------------------------- Brightspace

FOLDERS = {
    "index.html": "<html></html>",
    "397063-2557369 - Jane Doe - Sep 24, 2024 926 PM/derivatives.py": THREE,
    "397064-2557370 - Jane Doe - Sep 24, 2024 927 PM/derivatives.py": NONE,
    "397065-2557371 - Noé Élève - Sep 24, 2024 928 PM/derivatives.py": THREE,
    "397066-2557372 - Ann Other - Sep 24, 2024 929 PM/derivatives.py": THREE,
}
ITEM = "derivatives Points Grade <Numeric MaxPoints:45 Weight:5 Category:Labs CategoryWeight:20>"
LIST = [
    f"OrgDefinedId,Username,Last Name,First Name,Email,{ITEM},End-of-Line Indicator",
    "#0020679,#flast,Doe,Jane,j@x.org,,#",
    "#0020680,#second,Doe,Jane,k@x.org,,#",
    "#0020681,#noe,Élève,Noé,n@x.org,41,#",
    "#0020682,#ann,Other,Ann,a@x.org,,#",
]


def test_brightspace_knows_people_by_the_class_list_alone(class_: Class) -> None:
    before = ("\r\n".join(LIST) + "\r\n").encode()
    into = class_.put("grades.csv", before)
    class_.grade(FOLDERS, "--roster", into)
    said = class_.export("brightspace", into, status=1)
    found = brightspace(into.read_bytes(), {"derivatives": 45})
    assert found == {"derivatives": {"#0020681": 3, "#0020682": 3}}
    assert len(differences(before, into.read_bytes())) == 2
    assert "Jane Doe_2557369: no number or login is known" in said
    assert "Jane Doe_2557370: no number or login is known" in said


def test_brightspaces_pages_lie_in_its_own_folders(class_: Class) -> None:
    into = class_.put("grades.csv", "\r\n".join(LIST) + "\r\n")
    class_.grade(FOLDERS, "--roster", into)
    out = class_.place / "pages.zip"
    class_.export("brightspace", into, "--pages", out, status=1)
    with zipfile.ZipFile(out) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    folders = {name.partition("/")[0] for name in FOLDERS if "/" in name}
    assert set(held) == {f"{folder}/feedback-derivatives.html" for folder in folders}
    page = (class_.graded / "feedback" / "Ann_Other.html").read_bytes()
    assert held["397066-2557372 - Ann Other - Sep 24, 2024 929 PM/feedback-derivatives.html"] == page


def test_a_brightspace_file_without_its_end_is_refused(class_: Class) -> None:
    class_.grade({"flast.py": THREE})
    into = class_.put("grades.csv", f"Username,{ITEM}\n#flast,\n")
    assert "End-of-Line Indicator" in class_.export("brightspace", into, status=1)


# ----------------------------------------------------------------------------- Blackboard

ATTEMPTS = {
    f"derivatives_{user}_attempt_2024-09-10-23-59-59_derivatives.py": text
    for user, text in (("jdoe", THREE), ("JDoe", NONE), ("00noe", THREE), ("prog", THREE), ("needs", THREE))
} | {
    f"derivatives_{user}_attempt_2024-09-10-23-59-59.txt": f"Name: Some One ({user})\n"
    for user in ("jdoe", "JDoe", "00noe", "prog", "needs")
}
COLUMN = "derivatives [Total Pts: 45 Score] |900123"
CALCULATED = "Weighted Total [Total Pts: up to 0 Percentage] |900100"


def wide(rows: list[list[str]], mark: bytes = b"\xff\xfe") -> bytes:
    """As Blackboard writes: UTF-16 with tabs, each cell in quotes."""
    lines = ("\t".join(f'"{cell}"' for cell in row) for row in rows)
    return mark + ("\r\n".join(lines) + "\r\n").encode("utf-16-le")


HEADER = [
    "Last Name",
    "First Name",
    "Username",
    "Student ID",
    "Last Access",
    "Availability",
    CALCULATED,
    COLUMN,
]
PEOPLE = [
    ["Doe", "Jane", "jdoe", "0012", "2024-09-01", "Yes", "1", ""],
    ["Doe", "Jane", "JDoe", "12", "2024-09-01", "Yes", "1", "17.00"],
    ["Élève", "Noé", "00noe", "0013", "", "Yes", "", "Needs Grading"],
    ["Pro", "Gress", "prog", "0014", "", "Yes", "", "In Progress"],
    ["Nee", "Ds", "needs", "0015", "", "Yes", "", "Needs Grading"],
    ["Pre", "View", "teacher_previewuser", "", "", "Yes", "", ""],
]


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory, course: Path) -> Class:
    made = Class(tmp_path_factory.mktemp("blackboard"), course)
    made.grade(ATTEMPTS)
    made.points("00noe", 1.5)
    return made


@pytest.mark.parametrize("mark", [b"\xff\xfe", b""], ids=["marked", "bare"])
def test_blackboards_wide_file_keeps_its_form(once: Class, tmp_path: Path, mark: bytes) -> None:
    graded = once.copy(tmp_path)
    before = wide([HEADER, *PEOPLE], mark)
    into = graded.put("gc.xls", before)
    said = graded.export("blackboard", into)
    after = into.read_bytes()
    assert after[:2] == (mark or b'"\0')
    cells, _ = blackboard(after if mark else b"\xff\xfe" + after, {"900123": 45, "900100": 0})
    marks = {user: cell for (number, user), cell in cells.items() if number == "900123"}
    assert marks == {
        "jdoe": "3", "JDoe": "0", "00noe": "1.5", "prog": "In Progress", "needs": "3",
        "teacher_previewuser": "",
    }  # fmt: skip
    assert len(differences(before, after, "utf-16-le")) == 4
    assert "prog (in progress)" in said


@pytest.mark.parametrize("cell", ["In Progress(3)", "7.00(In Progress)", "in progress", "IN PROGRESS (2.5)"])
def test_what_blackboard_says_of_a_test_that_is_under_way_stays(
    once: Class, tmp_path: Path, cell: str
) -> None:
    graded = once.copy(tmp_path)
    people = [[*row[:-1], cell] if row[2] in ("prog", "jdoe") else row for row in PEOPLE]
    into = graded.put("gc.xls", wide([HEADER, *people], b"\xff\xfe"))
    said = graded.export("blackboard", into)
    cells, _ = blackboard(into.read_bytes(), {"900123": 45, "900100": 0})
    marks = {user: mark for (number, user), mark in cells.items() if number == "900123"}
    assert (marks["prog"], marks["jdoe"], marks["needs"]) == (cell, cell, "3")
    assert "prog (in progress)" in said


def test_blackboards_single_column_takes_feedback_as_plain_text(once: Class, tmp_path: Path) -> None:
    graded = once.copy(tmp_path)
    names = '"Last Name","First Name","Username","Student ID"'
    rows = [
        f'{names},"{COLUMN}","Grading Notes","Notes Format","Feedback to Learner","Feedback Format"',
        '"Doe","Jane","jdoe","0012","","","","",""',
        '"Doe","Jane","JDoe","12","17.00","","","<p>From a person</p>","HTML"',
        '"Élève","Noé","00noe","0013","","","","",""',
        '"Pro","Gress","prog","0014","","","","",""',
        '"Nee","Ds","needs","0015","","","","",""',
    ]
    into = graded.put("column.csv", "\n".join(rows) + "\n")
    graded.export("blackboard", into)
    cells, feedback = blackboard(into.read_bytes(), {"900123": 45})
    assert cells["900123", "jdoe"] == "3"
    text, form = feedback["jdoe"]
    assert form == "PLAIN_TEXT"
    assert text.startswith("Automatic feedback: ")
    assert "3 of 45 points" in text
    assert feedback["JDoe"] == ("<p>From a person</p>", "HTML")


def test_blackboards_feedback_in_another_language_is_named(once: Class, tmp_path: Path) -> None:
    graded = once.copy(tmp_path)
    rows = [
        f'"Nachname","Vorname","Benutzername","{COLUMN}","Rückmeldung","Form der Rückmeldung","Notiz"',
        '"Doe","Jane","jdoe","","","SMART_TEXT","mine"',
    ]
    into = graded.put("column.csv", "\n".join(rows) + "\n")
    said = graded.export("blackboard", into, "--dry-run", status=1)
    assert "the file has no column “Feedback to Learner” with its “Feedback Format”" in said
    refused = graded.export("blackboard", into, "--comments", "Form der Rückmeldung", status=1)
    assert "no such column that takes comments" in refused
    graded.export("blackboard", into, "--comments", "Rückmeldung", status=1)
    assert "Automatic feedback" in into.read_text()
    assert '"PLAIN_TEXT","mine"' in into.read_text()


def test_a_german_blackboard_file_with_decimal_commas(once: Class, tmp_path: Path) -> None:
    graded = once.copy(tmp_path)
    rows = [
        "Nachname;Vorname;Benutzername;Labor [Gesamtpunkte: 10 Punkte] |900122;"
        "derivatives [Gesamtpunkte: 45 Punkte] |900123",
        "Doe;Jane;jdoe;9,5;",
        "Doe;Jane;JDoe;8,5;12,00",
        "Élève;Noé;00noe;;",
        "Pro;Gress;prog;;",
        "Nee;Ds;needs;;",
    ]
    into = graded.put("gc.csv", ("\r\n".join(rows) + "\r\n").encode("cp1252"))
    graded.export("blackboard", into)
    commas = into.read_bytes().decode("cp1252").replace(",", ".").replace(";", ",")
    cells, _ = blackboard(commas.encode(), {"900122": 10, "900123": 45}, "Benutzername")
    assert {user: cell for (number, user), cell in cells.items() if number == "900123"} == {
        "jdoe": "3", "JDoe": "0", "00noe": "1.5", "prog": "3", "needs": "3",
    }  # fmt: skip
    assert cells["900122", "JDoe"] == "8.5"


def test_a_blackboard_column_without_its_number_is_none(once: Class, tmp_path: Path) -> None:
    """Blackboard would make a new column of text of it."""
    graded = once.copy(tmp_path)
    into = graded.put("gc.xls", wide([[*HEADER[:-1], "derivatives"], *PEOPLE]))
    assert "has no column that takes points" in graded.export("blackboard", into, status=1)


# ---------------------------------------------------------------------------------- Sakai


def bulk(table: str, feedback: bool = True) -> bytes:
    files: dict[str, str | bytes] = {"derivatives/grades.csv": table}
    for name, user, text in (
        ("Doe, Jane", "jdoe", THREE), ("Doe, Jane", "JDoe", NONE), ("Élève, Noé", "00noe", THREE),
    ):  # fmt: skip
        folder = f"derivatives/{name}({user})"
        files[f"{folder}/Submission attachment(s)/derivatives.py"] = text
        files[f"{folder}/timestamp.txt"] = "20240910235959000"
        files[f"{folder}/comments.txt"] = "from a person"
        if feedback:
            files[f"{folder}/Feedback Attachment(s)/"] = ""
    files["derivatives/Away, No(away)/timestamp.txt"] = ""
    return zipped(files)


ENGLISH = (
    "derivatives,Points\n\nDisplay ID,ID,Last Name,First Name,grade,Submission date,Late submission\n"
    "jdoe,u1,Doe,Jane,,2024-09-10,on time\nJDoe,u2,Doe,Jane,4.5,,\n"
    '"00noe",u3,"Élève","Noé",,,\naway,u4,Away,No,,,\n'
)
FRENCH = (
    "derivatives;Points\r\n\r\nIdentifiant;Id;Nom;Prénom;note;Date;Retard\r\n"
    "jdoe;u1;Doe;Jane;;;\r\nJDoe;u2;Doe;Jane;4,5;;\r\n00noe;u3;Élève;Noé;;;\r\naway;u4;Away;No;;;\r\n"
)


@pytest.mark.parametrize(
    ("table", "delimiter", "mark"), [(ENGLISH, ",", "2.5"), (FRENCH, ";", "2,5")], ids=["en", "fr"]
)
def test_sakais_zip_comes_back_with_marks_and_pages(
    class_: Class, table: str, delimiter: str, mark: str
) -> None:
    before = bulk(table)
    into = class_.put("bulk_download.zip", before)
    class_.run("grade", "derivatives", into, "--out", class_.graded, "--sandbox", "none", "--workers", 1)
    class_.points("00noe", 2.5)
    class_.export("sakai", into)
    grades, pages = sakai(into.read_bytes(), delimiter)
    assert grades == {"jdoe": "3", "JDoe": "0", "00noe": mark, "away": ""}
    assert set(pages) == {"jdoe", "JDoe", "00noe", "away"}
    assert pages["00noe"] == {
        "feedback-derivatives.html": (class_.graded / "feedback" / "00noe.html").read_bytes()
    }
    with zipfile.ZipFile(into) as new, zipfile.ZipFile(class_.put("old.zip", before)) as old:
        same = [name for name in old.namelist() if not name.endswith("grades.csv")]
        assert [new.read(name) for name in same] == [old.read(name) for name in same]
        assert [name for name in new.namelist() if name in old.namelist()] == old.namelist()
        assert not [
            info for info in new.infolist() if not info.filename.isascii() and not info.flag_bits & 0x800
        ]


def test_sakai_takes_no_page_that_was_not_ticked(class_: Class) -> None:
    into = class_.put("bulk_download.zip", bulk(ENGLISH, feedback=False))
    class_.run("grade", "derivatives", into, "--out", class_.graded, "--sandbox", "none", "--workers", 1)
    said = class_.export("sakai", into)
    assert "Download it again and tick them" in said
    assert sakai(into.read_bytes())[1] == {}


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (zipped({"derivatives/grades.xls": "x"}), "choose CSV"),
        (zipped({"derivatives/x.txt": "x"}), "tick the grade file"),
        (b"no zip", "download it again"),
        (bulk(ENGLISH.replace("Points", "Pass/Fail")), "is graded in Sakai by Pass/Fail: set it to points"),
        (bulk("a,b\n"), "is not a Sakai download"),
    ],
    ids=["workbook", "no table", "no zip", "words", "another table"],
)
def test_another_zip_is_refused_with_a_remedy(once: Class, tmp_path: Path, data: bytes, said: str) -> None:
    graded = once.copy(tmp_path)
    into = graded.put("bulk.zip", data)
    assert said in graded.export("sakai", into, status=1)
    assert into.read_bytes() == data


def test_a_download_that_is_damaged_inside_stays_as_it_is(class_: Class) -> None:
    whole = bulk(ENGLISH)
    into = class_.put("bulk_download.zip", whole)
    class_.run("grade", "derivatives", into, "--out", class_.graded, "--sandbox", "none", "--workers", 1)
    damaged = whole.replace(b"from a person", b"from a parson", 1)  # its checksum is another's now
    into.write_bytes(damaged)
    assert "is damaged" in class_.export("sakai", into, status=1)
    assert into.read_bytes() == damaged
    assert not [path for path in class_.place.iterdir() if path.name.startswith(".")]


# ------------------------------------------------------------------------------- Submitty


def test_submittys_numeric_gradeable(once: Class, tmp_path: Path) -> None:
    graded = once.copy(tmp_path)
    rows = [
        "User ID,Given Name,Family Name,derivatives,Total",
        "jdoe,Jane,Doe,,0",
        "JDoe,Jane,Doe,9,9",
        "00noe,N,E,,0",
    ]
    into = graded.put("numeric.csv", "\n".join(rows) + "\n")
    said = graded.export("submitty", into, status=1)
    assert submitty(into.read_bytes(), ["derivatives"]) == {
        "jdoe": {"derivatives": "3"}, "JDoe": {"derivatives": "0"}, "00noe": {"derivatives": "1.5"},
    }  # fmt: skip
    assert "prog: the file has no prog" in said
