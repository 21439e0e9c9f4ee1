"""Students' pages as a platform takes them back: a folder for each, called as the platform calls them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

import msgspec

from autograder import feedback
from autograder.export.gradefile import GradeLine
from autograder.export.people import Graded
from autograder.ledger.rows import Outline
from autograder.printable import printable
from autograder.report import HandedIn, Report

_BRIGHTSPACE = re.compile(r"\d+-\d+ - .")


def page_of(report: Report, outline: Outline) -> bytes:
    """The page that a student reads.

    Parameters
    ----------
    report
        With lateness and marks by hand, as it counts.
    outline
        Of the homework.
    """
    return feedback.page(report, outline.title).encode("utf-8", "backslashreplace")


def file_name(outline: Outline) -> str:
    """What the file with a page is called."""
    return f"feedback-{outline.name}.html"


def for_moodle(pairs: Iterable[tuple[Graded, GradeLine]], outline: Outline) -> dict[str, bytes]:
    """Pages by their names, for "Upload multiple feedback files in a zip".

    Moodle splits a name at its first four underscores, reads the participant's number there, and no person's
    name; a page that it has already is passed over. A file each goes to every member of a group, too.

    Parameters
    ----------
    pairs
        People with their lines in Moodle's file; the first id of a line is the participant's number.
    outline
        Of the homework.
    """
    files = {}
    for person, line in pairs:
        if person.report is not None:
            who = f"{_bare(line.name) or 'Participant'}_{line.ids[0]}"
            files[f"{who}_assignfeedback_file_{file_name(outline)}"] = page_of(person.report, outline)
    return files


def _bare(name: str) -> str:
    """A name without what divides the parts of a path: Moodle splits at underscores."""
    return " ".join("".join(" " if c in '_/\\:*?"<>|' else c for c in printable(name)).split()).lstrip(".~ ")


def for_brightspace(people: Sequence[Graded], outline: Outline) -> tuple[dict[str, bytes], list[str]]:
    """Pages by paths, in the folders of the download; and who has none, with the reason.

    A folder is a hand-in: where several people have one, they read the same page, with nothing of one alone.

    Parameters
    ----------
    people
        Everybody; who has no report is passed over.
    outline
        Of the homework.
    """
    by_folder: dict[str, list[Report]] = defaultdict(list)
    without = []
    for person in people:
        if person.report is None:
            continue
        parts = person.report.source.split("/")[:-1]
        folder = next((part for part in parts if _BRIGHTSPACE.match(part)), None)
        if folder:
            by_folder[folder].append(person.report)
        else:
            without.append(f"{printable(person.member.student)} (the download has no folder)")
    files = {}
    for folder, reports in by_folder.items():
        shared = [_anybody_s(report) for report in reports] if len(reports) > 1 else list(reports)
        if all(report == shared[0] for report in shared):
            files[f"{folder}/{file_name(outline)}"] = page_of(shared[0], outline)
        else:
            without += [
                f"{printable(report.student)} (the group shares a folder, and not its marks)"
                for report in reports
            ]
    return files, without


def _anybody_s(report: Report) -> Report:
    """The report of a group's work, of nobody by name."""
    told = msgspec.structs.replace(report.handed_in or HandedIn(), name="", ids=[])
    return msgspec.structs.replace(report, student="your group", handed_in=told)
