"""Rosters as platforms and registrars write them, and who is who."""

from pathlib import Path

import pytest
from making import put

from autograder.submission import SubmissionError, opened
from autograder.submission.lateness import due_date
from autograder.submission.layouts import Person
from autograder.submission.matching import match
from autograder.submission.roster import read_roster, seconds_longer
from autograder.submission.wanted import named

TABLES = {
    "registrar": ["Name,Student ID", "Ada Lovelace,4711", "Bob Roe,0042"],
    "last name first, quoted": ["Full Name,SID", '"Lovelace, Ada",4711', '"Roe, Bob",0042'],
    "two columns": ["First Name,Last Name,SID", "Ada,Lovelace,4711", "Bob,Roe,0042"],
    "semicolons, of a German Excel": [
        "Nachname;Vorname;Matrikelnummer", "Lovelace;Ada;4711", "Roe;Bob;0042",
    ],
    "Canvas": [
        "Student,ID,SIS User ID,SIS Login ID,Section,Derivatives (12)", "    Points Possible,,,,,45.00",
        '"Lovelace, Ada",4711,u1,ada,S1,', '"Roe, Bob",0042,u2,bob,S1,', '"Student, Test",99,,,S1,',
    ],
    "Canvas, posting by hand": [
        "Student,ID,Section,D (12)", ",,,Manual Posting", "    Points Possible,,,45",
        '"Lovelace, Ada",4711,S,', '"Roe, Bob",0042,S,',
    ],
    "Moodle": [
        "Identifier,Full name,Email address,Status,Grade",
        "Participant 4711,Ada Lovelace,a@x.org,,", "Participant 0042,Bob Roe,b@x.org,,",
    ],
    "Moodle's marks, in German": [
        "Vorname;Nachname;ID-Nummer;E-Mail-Adresse;Aufgabe: HW1 (Punkte)", "Ada;Lovelace;4711;a@x.org;-",
        "Bob;Roe;0042;b@x.org;-",
    ],
    "Moodle's marks, in French": [
        "Prénom,Nom,Numéro d'identification,Adresse de courriel", "Ada,Lovelace,4711,a@x.org",
        "Bob,Roe,0042,b@x.org",
    ],
    "Brightspace": [
        "OrgDefinedId,Username,Last Name,First Name,End-of-Line Indicator",
        "#4711,#ada,Lovelace,Ada,#", "#0042,#bob,Roe,Bob,#",
    ],
    "Gradescope": ["Name,SID,Email,Total Score", "Ada Lovelace,4711,ada@x.org,3", "Bob Roe,0042,bob@x.org,"],
    "Sakai": [
        "Derivatives,Points", "", "Display ID,ID,Last Name,First Name,grade",
        "ada,4711,Lovelace,Ada,", "bob,0042,Roe,Bob,",
    ],
    "Submitty": ["User ID,Given Name,Family Name,Email", "4711,Ada,Lovelace,a@x.org", "0042,Bob,Roe,b@x.org"],
    "GitHub": [
        "username,first_name,last_name,email,section,github_id",
        "4711,Ada,Lovelace,a@x.org,1,99", "0042,Bob,Roe,b@x.org,1,98",
    ],
    "nbgrader": ["id,first_name,last_name,email,lms_user_id", "4711,Ada,Lovelace,,", "0042,Bob,Roe,,"],
}  # fmt: skip
ENCODED = {
    "UTF-8": lambda text: text.encode(),
    "UTF-8 with a mark": lambda text: text.encode("utf-8-sig"),
    "UTF-16": lambda text: text.encode("utf-16"),
    "UTF-16 without a mark": lambda text: text.encode("utf-16-le"),
    "Windows": lambda text: text.encode("cp1252"),
    "tabs in UTF-16, of Blackboard": lambda text: text.replace(",", "\t").encode("utf-16"),
    "line ends of an old Mac": lambda text: text.replace("\n", "\r").encode(),
}


def who(people: list[Person], path: Path) -> dict[str, int]:
    return {key: entry.line for key, entry in match(read_roster(path), people).entries.items()}


@pytest.mark.parametrize("table", TABLES)
def test_people_are_found_by_number_and_by_name(tmp_path: Path, table: str) -> None:
    entries = read_roster(put(tmp_path, "roster.csv", "\n".join(TABLES[table])))
    assert len(entries) == 2
    by_id = match(entries, [Person("x_4711", "", ("4711",)), Person("y_0042", "", ("0042",))])
    by_name = match(entries, [Person("Lovelace, Ada", "Lovelace, Ada"), Person("bob roe", "bob roe")])
    squashed = match(entries, [Person("lovelaceada_1", "lovelaceada", ("1",)), Person("roebob", "roebob")])
    for matched in (by_id, by_name, squashed):
        assert [entry.line for entry in matched.entries.values()] == [e.line for e in entries], matched
        assert matched.absent == matched.strangers == matched.notes == ()


@pytest.mark.parametrize("encoding", ENCODED)
def test_encodings_and_delimiters(tmp_path: Path, encoding: str) -> None:
    data = ENCODED[encoding]("Name,ID\nJosé Núñez,0471\nÉlève Trois,4712\n")
    entries = read_roster(put(tmp_path, "roster.csv", data))
    assert [(entry.name, entry.ids) for entry in entries] == [
        ("José Núñez", ("0471",)),
        ("Élève Trois", ("4712",)),
    ]


@pytest.mark.parametrize(
    ("key", "ids"),
    [
        ("ADA", ()),  # a login in capitals
        ("UNI\\ada", ()),
        ("ada@x.org", ()),
        ("ada_98", ("98", "ada@x.org")),
        ("jose nunez", ()),
        ("Nunez, Jose", ()),
        ("Jose\u0301 Nu\u0301n\u0303ez", ()),  # letters and accents apart, as a Mac writes them
    ],
)
def test_other_ways_to_write_the_same(tmp_path: Path, key: str, ids: tuple[str, ...]) -> None:
    path = put(
        tmp_path, "roster.csv", "Name,Username,Email\nJosé Núñez,ada,ada@x.org\nBob Roe,bob,bob@x.org\n"
    )
    assert who([Person(key, "" if ids else key, ids)], path) == {key: 2}


def test_nobody_is_guessed(tmp_path: Path) -> None:
    path = put(
        tmp_path,
        "roster.csv",
        "Name,ID\nWei Lee,1001\nWei Lee,1002\nAda Lovelace,1003\nada,1004\nADA,1005\nEve Roe,1006\n",
    )
    people = [
        Person("Wei Lee_9", "Wei Lee", ("9",)),  # two lines have the name
        Person("Ada Lovelace_7", "Ada Lovelace", ("7",)),  # two people have it
        Person("Lovelace, Ada", "Lovelace, Ada", ("8",)),
        Person("Max Moor_1006", "Max Moor", ("1006",)),  # the number is another's
        Person("zoe", "zoe"),
    ]
    matched = match(read_roster(path), people)
    assert matched.entries == {}
    assert matched.strangers == tuple(person.key for person in people)
    assert len(matched.absent) == 6
    told = " ".join(matched.notes)
    assert "Wei Lee_9 may be lines 2 and 3" in told
    assert "Ada Lovelace_7, Lovelace, Ada have the name of line 4" in told
    assert "Max Moor_1006 has the number of Eve Roe in line 7" in told


def test_ids_that_differ_in_capitals_are_two(tmp_path: Path) -> None:
    path = put(tmp_path, "roster.csv", "ID\nada\nADA\n")
    assert who([Person("ada", ""), Person("ADA", "")], path) == {"ada": 2, "ADA": 3}
    matched = match(read_roster(path), [Person("Ada", "")])
    assert matched.entries == {}
    assert "may be lines 2 and 3" in matched.notes[0]


def test_one_person_with_two_hand_ins_is_told(tmp_path: Path) -> None:
    path = put(tmp_path, "roster.csv", "Name,ID,Email\nAda,1,ada@x.org\n")
    matched = match(read_roster(path), [Person("a", "", ("1",)), Person("b", "", ("ada@x.org",))])
    assert "a and b are the same person in line 2" in matched.notes[0]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("Name,ID\nAda,1\nBob,2\nEve,1\n", "lines 2 and 4: both have '1'"),
        ("Name,Email\nAda,a@x.org\n\nBob,a@x.org\n", "lines 2 and 4: both have 'a@x.org'"),
        ('Name,ID\n"Ada,1\nBob,2\nEve,3\n', "line 2: a quote"),
        ('Name,ID\nAda,1\nBob,"2\nEve,3\n', "line 3: a quote"),
        ('Name,ID\nAda,"1\nBob,2\nEve,"3"\n', "line 2: a quote"),
        ('Name;ID\r\nAda;1\r\nBob;"2\r\nEve;"\r\nMax;3\r\n', "line 3: a quote"),
        ('Name,ID,Notes\nAda,1,"ill\nBob,2,well\nEve,3,\n', "line 2: a quote"),
        ('Name,ID,"Notes\nAda,1,"x"\nBob,2,\n', "line 1: a quote"),
        ('Name,ID\nAda,1\n"Eve,3', "line 3: a quote"),
        ("", "no column that is known"),
        ("Colour,Size\nred,3\n", "no column that is known"),
        ("Name,ID\n", "names nobody"),
        (b"\x00" * 1000, "no column that is known"),
        (b"PK\x03\x04" + bytes(range(256)) * 9, "no column that is known"),
        ('"' * 200_000 + "x" * 200_000, "no column that is known"),
    ],
)
def test_a_roster_that_is_none_is_told(tmp_path: Path, data: bytes | str, words: str) -> None:
    with pytest.raises(SubmissionError, match=words):
        read_roster(put(tmp_path, "roster.csv", data))
    with pytest.raises(SubmissionError, match="cannot be read"):
        read_roster(tmp_path / "missing.csv")


def guesses(*cuts: str) -> Person:
    return Person(cuts[0], guesses=cuts)


@pytest.mark.parametrize(
    ("ids", "people", "expected", "words"),
    [
        (
            ["j_doe", "m_roe"],
            [guesses("j_doe", "doe"), guesses("m_roe", "roe")],
            {"j_doe": 2, "m_roe": 3},
            "",
        ),
        (["doe", "roe"], [guesses("j_doe", "doe"), guesses("j_roe", "roe")], {"j_doe": 2, "j_roe": 3}, ""),
        (["j_doe", "doe"], [guesses("j_doe", "doe")], {}, "j_doe may be lines 2 and 3"),
        (["doe"], [guesses("j_doe", "doe"), guesses("m_doe", "doe")], {}, "so may m_doe"),
        (
            ["1", "2"],
            [guesses("s_1", "1"), guesses("t_1", "1"), guesses("s_2", "2")],
            {"s_2": 3},
            "so may t_1",
        ),
        (["DOE@x.org"], [guesses("j_doe", "doe")], {"j_doe": 2}, ""),
        (["doe"], [Person("doe", "", ("doe",)), guesses("j_doe", "doe")], {"doe": 2}, ""),
        (["eve"], [guesses("j_doe", "doe")], {}, ""),
    ],
)
def test_of_several_cuts_of_a_login_one_alone_may_fit(
    tmp_path: Path, ids: list[str], people: list[Person], expected: dict[str, int], words: str
) -> None:
    matched = match(read_roster(put(tmp_path, "roster.csv", "\n".join(["Username", *ids]))), people)
    assert {key: entry.line for key, entry in matched.entries.items()} == expected
    assert words in " ".join(matched.notes)
    assert bool(matched.notes) == bool(words)


SECTIONS = [
    "Section", "Sections", "section", "Registration Section", "Tutorial", "Übungsgruppe", "SECTION NAME",
]  # fmt: skip


@pytest.mark.parametrize("header", SECTIONS)
def test_a_section_is_neither_a_name_nor_a_group(tmp_path: Path, header: str) -> None:
    (ada,) = read_roster(put(tmp_path, "roster.csv", f"Name,ID,{header}\nAda,1, Mo 10-12 \n"))
    assert (ada.name, ada.ids, ada.group, ada.section) == ("Ada", ("1",), "", "Mo 10-12")


CLONES = {
    "a login without a hyphen": (["hw1-ada", "hw1-bob"], ["ada", "bob"], {"hw1-ada": 2, "hw1-bob": 3}, ""),
    "a homework with hyphens": (["hw-1-ada", "hw-1-bob"], ["ada", "bob"], {"hw-1-ada": 2, "hw-1-bob": 3}, ""),
    "logins that begin alike": (
        ["hw1-uni-ada", "hw1-uni-bob"], ["uni-ada", "uni-bob"], {"hw1-uni-ada": 2, "hw1-uni-bob": 3}, "",
    ),
    "either may be meant": (
        ["hw1-uni-ada", "hw1-uni-bob"], ["uni-ada", "ada"], {}, "hw1-uni-ada may be lines 2 and 3",
    ),
    "the end of a login is nobody else": (["hw1-ada-doe", "hw1-bob"], ["doe", "bob"], {"hw1-bob": 3}, ""),
    "a login with hyphens": (
        ["hw1-ada-doe", "hw1-bob"], ["ada-doe", "bob"], {"hw1-ada-doe": 2, "hw1-bob": 3}, "",
    ),
    "in capitals": (["hw1-AdaDoe", "hw1-bob"], ["adadoe", "bob"], {"hw1-AdaDoe": 2, "hw1-bob": 3}, ""),
}  # fmt: skip


@pytest.mark.parametrize("case", CLONES)
def test_a_clone_is_whose_login_alone_fits(tmp_path: Path, case: str) -> None:
    folders, logins, expected, words = CLONES[case]
    for folder in folders:
        put(tmp_path / "in", f"{folder}/hw1.py", "x = 1")
    with opened(tmp_path / "in", named("hw1")) as found:
        assert found.layout.name == "classroom"
        people = [student.owner for student in found.students]
    matched = match(read_roster(put(tmp_path, "roster.csv", "\n".join(["GitHub Username", *logins]))), people)
    assert {key: entry.line for key, entry in matched.entries.items()} == expected
    assert words in " ".join(matched.notes)
    assert bool(matched.notes) == bool(words)


def test_a_cut_login_is_no_name(tmp_path: Path) -> None:
    path = put(tmp_path, "roster.csv", "Name\nJ Doe\nDoe\n")
    assert who([guesses("j_doe", "doe")], path) == {}


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ('="0012"', "0012"),
        ('"=""0012"""', "0012"),
        ("'0013", "0013"),
        ("'=0013", "=0013"),
        ("' 0013", "' 0013"),
        ("'tHooft", "'tHooft"),
        ('5"', '5"'),
        (' ="0012" ', "0012"),
    ],
)
def test_guards_around_a_number_are_taken_off(tmp_path: Path, cell: str, number: str) -> None:
    (ada,) = read_roster(put(tmp_path, "roster.csv", f"Name,ID,Notes\nAda,{cell},\n"))
    assert (ada.name, ada.ids, ada.line) == ("Ada", (number,), 2)


def test_notes_may_have_several_lines(tmp_path: Path) -> None:
    table = '"Student\nID",Name,Notes\n1,Ada,"ill,\nthen ""well"""\n2,\'t Hooft,5" disk\n'
    entries = read_roster(put(tmp_path, "roster.csv", table))
    assert [(entry.name, entry.ids) for entry in entries] == [("Ada", ("1",)), ("'t Hooft", ("2",))]


@pytest.mark.parametrize(
    ("cell", "hours"),
    [("2026-12-01", 24), ("2026-12-01T18:00", 18), ("2d", 48), ("3", 72), ("", 0), ("2026-11-01", 0)],
)
def test_an_extension_until_a_day_has_that_day(tmp_path, cell, hours):
    path = tmp_path / "roster.csv"
    path.write_text(f"Name,ID,Extension\nAda,1,{cell}\n", encoding="utf-8")
    (entry,) = read_roster(path)
    assert seconds_longer(entry, due_date("2026-11-30")) == hours * 3600


def test_an_extension_of_a_month_is_refused(tmp_path):
    path = tmp_path / "roster.csv"
    path.write_text("Name,ID,Extension\nAda,1,1 month\n", encoding="utf-8")
    (entry,) = read_roster(path)
    with pytest.raises(SubmissionError, match="'1 month' is not an extension"):
        seconds_longer(entry, due_date("2026-11-30"))
