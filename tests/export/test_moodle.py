"""Moodle: a download in, marks and comments into the grading worksheet, pages into a zip."""

from pathlib import Path

import pytest
from handing_on import NONE, THREE, Class, differences
from importers import Language, Participant, moodle, moodle_pages

GERMAN = Language(
    "ID", "Teilnehmer/in", "Bewertung", "Zuletzt geändert (Bewertung)", "Feedback als Kommentar", ","
)
FRENCH = Language(
    "Identifiant", "Participant", "Note", "Dernière modification (note)", "Feedback par commentaires", ","
)
BEFORE = "Tuesday, 1 September 2026, 10:00 AM"
# A number with a leading zero, and two people of one name.
DOWNLOAD = {
    "Jane Doe_4711_assignsubmission_file/hw1.py": THREE,
    "Jane Doe_4712_assignsubmission_file/derivatives.py": NONE,
    "Noé Élève_4713_assignsubmission_file/derivatives.py": THREE,
    "Lo Cked_4714_assignsubmission_file/derivatives.py": THREE,
    "By Hand_4716_assignsubmission_file/derivatives.py": THREE,
    "Do Cx_4717_assignsubmission_file/derivatives.docx": "no code",
}
ENGLISH_ROWS = [
    "Identifier,Full name,ID number,Email address,Status,Grade,Maximum Grade,Grade can be changed,"
    "Last modified (submission),Online text,Last modified (grade),Feedback comments",
    'Participant 4711,Jane Doe,0012,jane@x.org,Submitted,,45.00,Yes,"Monday, 31 August 2026, 9:00 AM",,-,',
    f'Participant 4712,Jane Doe,12,doe@x.org,Submitted,12.00,45.00,Yes,-,,"{BEFORE}",'
    '"<p>Automatic feedback</p><p>old</p>"',
    'Participant 4713,"Noé ""N""\nÉlève",0013,noe@x.org,Late,,45.00,Yes,-,"text, with\nlines",-,',
    "Participant 4714,Lo Cked,0014,lo@x.org,Submitted,9.00,45.00,No,-,,-,mine",
    "Participant 4715,No Thing,0015,no@x.org,No submission,,45.00,Yes,-,,-,",
    "Participant 4716,By Hand,0016,by@x.org,Submitted,,45.00,Yes,-,,-,<p>A person wrote this</p>",
    "Participant 4717,Do Cx,0017,do@x.org,Submitted,,45.00,Yes,-,,-,",
]
PEOPLE = {number: Participant() for number in range(4711, 4718)} | {
    4712: Participant("12.00", BEFORE),
    4714: Participant("9.00", BEFORE, locked=True),
}


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory, course: Path) -> Class:
    made = Class(tmp_path_factory.mktemp("moodle"), course)
    made.grade(DOWNLOAD)
    made.points("Noé Élève_4713", 2.25)
    return made


@pytest.fixture
def graded(once: Class, tmp_path: Path) -> Class:
    return once.copy(tmp_path)


def test_marks_and_comments_arrive_and_nothing_else_changes(graded: Class) -> None:
    before = b"\xef\xbb\xbf" + ("\r\n".join(ENGLISH_ROWS) + "\r\n").encode()
    into = graded.put("worksheet.csv", before)
    said = graded.export("moodle", into, status=1)
    after = into.read_bytes()
    assert after.startswith(b"\xef\xbb\xbfIdentifier,")
    grades, comments = moodle(after, PEOPLE, 45)
    assert grades == {4711: 3, 4712: 0, 4713: 2.25, 4716: 3}
    assert comments[4716] == "<p>A person wrote this</p>"
    assert comments[4715] == comments[4717] == ""
    assert "Automatic feedback" in comments[4711]
    assert "Seen at the board" in comments[4713]
    assert "old" not in comments[4712]
    assert len(differences(before, after)) == 5  # one row has two lines
    assert "4 marks written, 1 in place of another mark" in said
    assert "Do Cx_4717 (nothing of it could be read), Lo Cked_4714 (locked in Moodle)" in said
    assert "1 comments that people wrote stay as they are" in said
    assert "1 rows of people of whom nothing is known: No Thing (4715)" in said


def test_marks_alone_touch_no_comment(graded: Class) -> None:
    into = graded.put("worksheet.csv", "\n".join(ENGLISH_ROWS))
    graded.export("moodle", into, "--marks-only", status=1)
    grades, comments = moodle(into.read_bytes(), PEOPLE, 45)
    assert grades[4711] == 3
    assert comments[4711] == ""
    assert not into.read_bytes().endswith(b"\n")


GERMAN_ROWS = [
    "ID;Vollständiger Name;E-Mail-Adresse;Status;Gruppe;Bewertung;Bestwertung;Bewertung kann geändert werden;"
    "Zuletzt geändert (Abgabe);Zuletzt geändert (Bewertung);Feedback als Kommentar",
    "Teilnehmer/in4711;Jane Doe;jane@x.org;Abgegeben;;;45,00;Ja;-;-;",
    "Teilnehmer/in4712;Jane Doe;doe@x.org;Abgegeben;;7,50;45,00;Ja;-;Dienstag, 1. September 2026, 10:00;",
    "Teilnehmer/in4713;Noé Élève;noe@x.org;Abgegeben;;;45,00;Ja;-;-;",
    "Teilnehmer/in4714;Lo Cked;lo@x.org;Abgegeben;;;45,00;Nein;-;-;",
    "Teilnehmer/in4716;By Hand;by@x.org;Abgegeben;;;45,00;Ja;-;-;",
    "Teilnehmer/in4717;Do Cx;do@x.org;Abgegeben;;;45,00;Ja;-;-;",
]


def test_a_german_worksheet_with_semicolons_and_decimal_commas(graded: Class) -> None:
    into = graded.put("worksheet.csv", "\r\n".join(GERMAN_ROWS) + "\r\n")
    said = graded.export("moodle", into)
    people = PEOPLE | {4712: Participant("7.50", "-")}
    grades, comments = moodle(into.read_bytes(), people, 45, GERMAN, ";")
    assert grades == {4711: 3, 4712: 0, 4713: 2.25, 4716: 3}
    assert b";2,25;45,00;" in into.read_bytes()
    assert "Automatic feedback" in comments[4711]
    assert "tick “Allow updating records that have been modified more recently”" in said


def test_in_a_language_that_reads_dates_as_english_a_changed_mark_needs_the_tick(graded: Class) -> None:
    """Why the note is there: Moodle passes over such a row without a word."""
    into = graded.put("worksheet.csv", "\r\n".join(GERMAN_ROWS) + "\r\n")
    graded.export("moodle", into)
    grades, _ = moodle(into.read_bytes(), PEOPLE | {4712: Participant("7.50", BEFORE)}, 45, GERMAN, ";")
    assert 4712 not in grades


def test_a_french_worksheet_with_commas_quotes_decimal_commas(graded: Class) -> None:
    rows = [
        "Identifiant,Nom complet,Adresse de courriel,Statut,Note,Note maximale,La note peut être modifiée,"
        "Dernière modification (note),Feedback par commentaires",
        'Participant4713,Noé Élève,noe@x.org,Remis,,"45,00",Oui,-,',
        'Participant4714,Lo Cked,lo@x.org,Remis,,"45,00",Non,-,',
    ]
    into = graded.put("worksheet.csv", ("\n".join(rows) + "\n").encode("cp1252"))
    graded.export("moodle", into, status=1)
    data = into.read_bytes().decode("cp1252").encode()
    grades, _ = moodle(data, PEOPLE, 45, FRENCH)
    assert grades == {4713: 2.25}
    assert '"2,25","45,00"' in data.decode()


def test_blind_marking_has_numbers_alone(class_: Class) -> None:
    files = {
        "Participant_4711_assignsubmission_file/derivatives.py": THREE,
        "Team Blue_4712_assignsubmission_file/derivatives.py": THREE,
    }
    class_.grade(files, "--layout", "moodle")
    rows = [
        "Identifier,Status,Grade,Maximum grade,Grade can be changed,Last modified (grade)",
        "Participant 4711,Submitted,,45.00,Yes,-",
        "Participant 4712,Submitted,,45.00,Yes,-",
    ]
    into = class_.put("worksheet.csv", "\n".join(rows))
    said = class_.export("moodle", into, status=1)
    assert moodle(into.read_bytes(), PEOPLE, 45)[0] == {4711: 3}
    # a group has a number of its own, which may be a participant's
    assert "Team Blue_4712: the number is in the file, but is that of Participant" in said


def test_each_member_of_a_group_has_a_row_of_ones_own(class_: Class) -> None:
    roster = class_.put(
        "groups.csv", "Full name,ID,Group\nJane Doe,4711,Team Blue\nNoé Élève,4713,Team Blue\n"
    )
    class_.grade({"Team Blue_88_assignsubmission_file/derivatives.py": THREE}, "--roster", roster, "--yes")
    rows = [ENGLISH_ROWS[0], ENGLISH_ROWS[1], ENGLISH_ROWS[3]]
    into = class_.put("worksheet.csv", "\n".join(rows))
    zipped = class_.place / "pages.zip"
    class_.export("moodle", into, "--pages", zipped)
    assert moodle(into.read_bytes(), PEOPLE, 45)[0] == {4711: 3, 4713: 3}
    assert set(moodle_pages(zipped.read_bytes(), set(PEOPLE))) == {4711, 4713}


def test_pages_go_into_a_zip_by_participant(graded: Class) -> None:
    into = graded.put("worksheet.csv", "\r\n".join(ENGLISH_ROWS) + "\r\n")
    zipped = graded.place / "pages.zip"
    said = graded.export("moodle", into, "--pages", zipped, status=1)
    found = moodle_pages(zipped.read_bytes(), set(PEOPLE))
    # who handed in nothing has no page; who is locked, or handed in what cannot be read, has one
    assert set(found) == {4711, 4712, 4713, 4714, 4716, 4717}
    assert all(set(files) == {"feedback-derivatives.html"} for files in found.values())
    page = (graded.graded / "feedback" / "Jane_Doe_4711.html").read_bytes()
    assert found[4711]["feedback-derivatives.html"] == page
    assert "6 pages in" in said


def test_a_worksheet_that_moodle_would_refuse_stops_everything(graded: Class) -> None:
    into = graded.put("worksheet.csv", "\n".join([*ENGLISH_ROWS, "Participant 4718,Short"]))
    before = into.read_bytes()
    said = graded.export("moodle", into, "--pages", graded.place / "pages.zip", status=1)
    assert "Row 9 of the worksheet has 2 cells, and the headers 12" in said
    assert into.read_bytes() == before
    assert not (graded.place / "pages.zip").exists()


def test_a_scale_of_words_takes_no_numbers(graded: Class) -> None:
    rows = [
        "ID,Bewertung,Skala,Zuletzt geändert (Bewertung),Feedback als Kommentar",
        'Teilnehmer/in4711,bestanden,"nicht bestanden\nbestanden",,',
    ]
    into = graded.put("worksheet.csv", "\n".join(rows))
    assert "graded with a scale of words" in graded.export("moodle", into, status=1)


@pytest.mark.parametrize(
    ("person", "grade", "most", "comments"),
    [
        ("Participante ", "Calificación", "Calificación máxima", "Comentarios de retroalimentación"),
        ("Participante ", "Nota", "Nota máxima", "Comentários de feedback"),
        ("Partecipante ", "Valutazione", "Valutazione massima", "Commenti"),
        ("Deelnemer ", "Cijfer", "Maximale cijfer", "Feedback"),
    ],
)
def test_comments_go_beside_marks_in_other_languages(
    graded: Class, person: str, grade: str, most: str, comments: str
) -> None:
    into = graded.put("worksheet.csv", f"ID,Name,{grade},{most},{comments}\n{person}4711,Jane Doe,,45.00,\n")
    said = graded.export("moodle", into, status=1)
    assert "1 comments are beside them" in said
    assert into.read_text().count("Automatic feedback") == 1


def test_comments_go_into_a_column_that_is_named(graded: Class) -> None:
    rows = "ID,Name,Note,Max,Kommentarer,Kommentarer 2\nDeltager 4711,Jane Doe,,45.00,,\n"
    into = graded.put("worksheet.csv", rows)
    said = graded.export("moodle", into, "--dry-run", status=1)
    assert "No comments are written: the file has no column “Feedback comments”" in said
    assert "give its header with --comments" in said
    wrong = graded.export("moodle", into, "--comments", "Kommentar", status=1)
    assert "no such column that takes comments: 'Kommentar'" in wrong
    assert "Other columns are 'Name', 'Max', 'Kommentarer', 'Kommentarer 2'" in wrong
    for marks in ("Note", "ID"):
        assert "no such column" in graded.export("moodle", into, "--comments", marks, status=1)
    assert into.read_text() == rows
    graded.export("moodle", into, "--comments", "Kommentarer", status=1)
    assert into.read_text().splitlines()[1].startswith("Deltager 4711,Jane Doe,3,45.00,")
    assert into.read_text().count("Automatic feedback") == 1
