"""Moodle: the offline grading worksheet of one assignment, in the language of whoever downloaded it.

Columns are found by what stands in them, as their headers are translated: the participant's number first, the
grade just before the maximum, whether it can be changed after that.
"""

from __future__ import annotations

import re

from autograder.export import points
from autograder.export.cells import Grid
from autograder.export.errors import ExportError
from autograder.export.gradefile import Comments, GradeColumn, GradeFile, GradeLine
from autograder.submission.roster import meaning_of

TITLE = "Moodle grading worksheet"
# `Participant 4711`, `Teilnehmer/in4711`: Moodle cuts the word off by its length.
_PERSON = re.compile(r"(?P<word>\D*?)\s*(?P<number>\d+)")
_MAXIMUM = re.compile(r"\d+[.,]\d\d")
_GRADES = {
    "grade", "bewertung", "note", "calificación", "valutazione", "nota", "cijfer", "beoordeling", "ocena",
    "betyg", "karakter", "arvosana", "qualificació", "оценка", "評定", "成绩", "známka",
}  # fmt: skip
_SCALES = {"scale", "skala", "barème", "escala", "scala", "schaal", "шкала", "評価尺度", "等级"}
_YES = {"yes", "ja", "oui", "sí", "si", "sì", "sim", "tak", "ano", "kyllä", "да", "是", "はい", "áno"}
_NO = {"no", "nein", "non", "nee", "não", "nie", "ne", "nej", "nei", "ei", "нет", "否", "いいえ"}
_COMMENTS = {
    "feedback comments", "feedback als kommentar", "feedback par commentaires", "comentários de feedback",
    "comentarios de retroalimentación", "feedback opmerkingen", "feedback", "commenti",
}  # fmt: skip
_LOOKED_FOR = (
    "“Feedback comments”, as Moodle calls it in English, German, French, Spanish, Portuguese, Italian or "
    "Dutch"
)
_ENGLISH = ("last modified (grade)",)


def read(grid: Grid) -> GradeFile | None:
    """The worksheet that a table is; None where it is something else.

    Raises
    ------
    ExportError
        When Moodle would refuse it, or it takes no numbers.
    """
    if len(grid.rows) < 2 or len(grid.rows[0]) < 4:
        return None
    header = grid.values(0)
    people = [row for row in range(1, len(grid.rows)) if grid.rows[row]]
    persons = {row: found for row in people if (found := _PERSON.fullmatch(grid.value(row, 0)))}
    # whatever the word is in this language, it is the same for all
    words = {found["word"].strip() for found in persons.values()}
    if len(persons) < len(people) or len(words) != 1 or words == {""}:
        return None
    _insist_on_whole_rows(grid, people)
    grade, most = _grade(grid, header, people)
    maximum = points.read(grid.value(people[0], most)) if most is not None else None
    column = GradeColumn(grade, header[grade], header[grade], "", maximum)
    lock = _lock(grid, people, (most if most is not None else grade) + 1)
    names = [place for place in range(1, grade) if meaning_of(header[place]) == "name"]
    ids = [place for place in range(1, grade) if meaning_of(header[place]) in ("id", "email")]
    lines = tuple(_line(grid, row, persons[row], names, ids, lock) for row in people)
    numbers = [[grid.value(row, place) for row in people] for place in (most, grade) if place is not None]
    return GradeFile(
        TITLE,
        grid,
        (column,),
        lines,
        _comments(header, grade),
        lambda place: Comments(place, "html"),
        _LOOKED_FOR,
        sure=True,
        numbers=tuple(numbers),
        notes=_notes(grid, header, people, grade),
    )


def _insist_on_whole_rows(grid: Grid, people: list[int]) -> None:
    width = len(grid.rows[0])
    for row in people:
        if len(grid.rows[row]) != width:
            raise ExportError(
                f"Row {row + 1} of the worksheet has {len(grid.rows[row])} cells, and the headers {width}: "
                "Moodle refuses such a file. Download it again."
            )


def _grade(grid: Grid, header: list[str], people: list[int]) -> tuple[int, int | None]:
    """Where the grade stands, and where the maximum does."""
    told = [place for place, name in enumerate(header) if name.strip().casefold() in _GRADES]
    before = [place for place in range(2, len(header)) if _are_maxima(grid, people, place)]
    pairs = [(place - 1, place) for place in before if _take_marks(grid, people, place - 1)]
    named = [pair for pair in pairs if pair[0] in told]
    if len(named) == 1 or len(pairs) == 1:
        return (named or pairs)[0]
    if any(name.strip().casefold() in _SCALES for name in header):
        raise ExportError("The assignment is graded with a scale of words: set a number of points in Moodle.")
    if len(told) == 1 and not pairs:
        return told[0], None
    shown = ", ".join(repr(name) for name in header)
    raise ExportError(
        f"The worksheet has no column that is surely the grade: {shown}. Download it in English, and with "
        "points."
    )


def _are_maxima(grid: Grid, people: list[int], place: int) -> bool:
    cells = {grid.value(row, place).strip() for row in people}
    return len(cells) == 1 and all(_MAXIMUM.fullmatch(cell) for cell in cells)


def _take_marks(grid: Grid, people: list[int], place: int) -> bool:
    cells = (grid.value(row, place).strip() for row in people)
    return all(cell in ("", "-") or points.read(cell) is not None for cell in cells)


def _lock(grid: Grid, people: list[int], first: int) -> int | None:
    """Where it stands whether a grade can be changed; None where that is not told in a known language."""
    for place in range(first, len(grid.rows[0])):
        words = {grid.value(row, place).strip().casefold() for row in people}
        if words <= _YES | _NO:
            return place
    return None


def _line(
    grid: Grid, row: int, person: re.Match[str], names: list[int], ids: list[int], lock: int | None
) -> GradeLine:
    numbers = (person["number"], person[0], *(grid.value(row, place) for place in ids))
    # without names the word stands for everybody, also in the names of what students handed in
    name = " ".join(grid.value(row, place) for place in names) if names else person["word"]
    locked = lock is not None and grid.value(row, lock).strip().casefold() in _NO
    return GradeLine(row, numbers, name, "locked in Moodle" if locked else "")


def _comments(header: list[str], grade: int) -> dict[int, Comments]:
    # of two columns with one title Moodle reads the last
    places = [place for place, name in enumerate(header) if name.strip().casefold() in _COMMENTS]
    return {grade: Comments(places[-1], "html")} if places else {}


def _notes(grid: Grid, header: list[str], people: list[int], grade: int) -> tuple[str, ...]:
    notes = []
    graded = any(points.read(grid.value(row, grade)) is not None for row in people)
    english = any(name.strip().casefold() in _ENGLISH for name in header)
    if graded and not english:
        notes.append(
            "Moodle reads the dates of this worksheet as English, and passes over marks that change: tick "
            "“Allow updating records that have been modified more recently” when you upload it."
        )
    if not english:
        notes.append("Upload it in the language in which it was downloaded: its headers are compared.")
    return tuple(notes)
