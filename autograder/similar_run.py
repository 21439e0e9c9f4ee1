"""`autograder report --similar`: whose files are alike beyond what task, kit and solution force."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from autograder.class_page import SIMILAR, Alike
from autograder.homework import Homework
from autograder.intake import Asked, taken_in
from autograder.similar import fingerprints, forced_by, page, pairs
from autograder.submission import Candidates, read


def run(homework: Homework, submissions: Path, course: Path, asked: Asked, out: Path) -> list[Alike]:
    """Compare everybody with everybody, and write the page with the pairs.

    Files are read twice, and one after another: what is kept of a class are fingerprints, and the texts of
    the few pairs that are shown.
    """
    forced = forced_by(fingerprints([text]) for text in _given(homework.name, course))
    with taken_in(submissions, homework, course, asked) as intake:
        files = {each.slug: fingerprints(_cells(each)) for each in intake.read()}
        found = pairs(files, forced)
        wanted = {slug for pair in found for slug in (pair.one, pair.other)}
        people = {each.slug: each.people[0] for each in intake.download.students if each.slug in wanted}
        texts = {each.slug: "\n\n".join(_cells(each)) for each in intake.read() if each.slug in wanted}
    names = {slug: person.student for slug, person in people.items()}
    pages = {slug: person.slug for slug, person in people.items()}
    made = page(homework.title, found, names, pages, texts)
    beside = out / f".{SIMILAR}.new"
    beside.write_text(made, encoding="utf-8", errors="backslashreplace")
    os.replace(beside, out / SIMILAR)
    return [Alike(names[pair.one], names[pair.other], pair.share) for pair in found]


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
