"""`autograder report --similar`: whose files are alike beyond what task, kit and solution force."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from autograder.class_page import SIMILAR, Alike
from autograder.errors import CommandError
from autograder.homework import Homework
from autograder.intake import Asked, Intake, taken_in
from autograder.ledger import Participant
from autograder.printable import listed
from autograder.similar import fingerprints, forced_by, page, pairs
from autograder.submission import Candidates, read

_SHOWN = 5


def run(
    homework: Homework,
    submissions: Path,
    course: Path,
    asked: Asked,
    out: Path,
    people: Sequence[Participant],
) -> list[Alike]:
    """Compare everybody with everybody, and write the page with the pairs.

    Files are read twice, and one after another: what is kept of a class are fingerprints, and the texts of
    the few pairs that are shown.

    Parameters
    ----------
    homework
        The one that the files are for.
    submissions
        The path of the download that was graded.
    course
        The course's folder: what task, kit and solution force is read from there.
    asked
        What was said of the submissions.
    out
        The output folder of `autograder grade`, where the page is written.
    people
        Everybody whose marks are shown in that folder.

    Returns
    -------
    list of Alike
        The pairs on the page.

    Raises
    ------
    CommandError
        When somebody who handed in is none of the `people` whose marks are shown.
    """
    forced = forced_by(fingerprints([text]) for text in _given(homework.name, course))
    with taken_in(submissions, homework, course, asked) as intake:
        _insist_on_one_class(intake, {person.student for person in people}, submissions, out)
        files = {each.slug: fingerprints(_cells(each)) for each in intake.read()}
        found = pairs(files, forced)
        wanted = {slug for pair in found for slug in (pair.one, pair.other)}
        owners = {each.slug: each.people[0] for each in intake.download.students if each.slug in wanted}
        texts = {each.slug: "\n\n".join(_cells(each)) for each in intake.read() if each.slug in wanted}
    names = {slug: person.student for slug, person in owners.items()}
    pages = {slug: person.slug for slug, person in owners.items()}
    made = page(homework.title, found, names, pages, texts)
    beside = out / f".{SIMILAR}.new"
    beside.write_text(made, encoding="utf-8", errors="backslashreplace")
    os.replace(beside, out / SIMILAR)
    return [Alike(names[pair.one], names[pair.other], pair.share) for pair in found]


def _insist_on_one_class(intake: Intake, known: Collection[str], submissions: Path, out: Path) -> None:
    """That what is compared is what was graded; members of groups may be known by a roster alone."""
    alone = [student.people[0].student for student in intake.download.students if len(student.people) == 1]
    groups = sum(len(student.people) > 1 for student in intake.download.students)
    strangers = [name for name in alone if name not in known]
    if strangers and (not groups or len(strangers) == len(alone)):
        raise CommandError(
            f"{submissions} holds the work of {listed(strangers, _SHOWN)}, who are not in what {out} shows: "
            "name the submissions that were graded there, or grade these first."
        )


def _cells(candidates: Candidates) -> list[str]:
    """All code that somebody handed in."""
    return [
        text
        for submission in candidates.submissions
        for text in (*submission.cells, *(text for _, text in submission.modules))
    ]


def _given(homework: str, course: Path) -> Iterator[str]:
    """What everybody was given, and what is right."""
    for folder in (course / "assignments" / homework, course / "solutions" / homework):
        for path in sorted(folder.rglob("*")):
            if path.suffix in (".py", ".ipynb"):
                yield "\n".join(read(path.read_bytes(), path.name, path.stem).cells)
