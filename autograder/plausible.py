"""Whether what was recognised can be right: a class, its roster, its homework."""

from __future__ import annotations

import re
from itertools import islice
from pathlib import Path

from autograder.course import homework_names, load_homework
from autograder.errors import AutograderError, HomeworkError
from autograder.homework import Homework
from autograder.intake import Asked, Intake
from autograder.printable import listed, printable
from autograder.submission import Candidates, Download, Student, SubmissionError, layouts, opened, wanted_of
from autograder.submission.choosing import functions_in, is_called_code
from autograder.submission.doubts import class_inside, several_in_each
from autograder.submission.opening import Parts
from autograder.submission.wanted import Wanted

# So many are looked at to see whether the homework is the right one.
_SAMPLE = 30
# A class that is so small is looked at twice where its files lie in so many places.
_SMALL = 2
_PLACES = 3
# So many hand-ins are looked into for a class in each.
_LOOKED_INTO = 12


def insist(intake: Intake, homework: Homework, course: Path, asked: Asked) -> None:
    """That this is a class, and that it worked on this homework.

    Parameters
    ----------
    intake
        The class as it was recognised.
    homework
        The one that it is said to have worked on.
    course
        The course's folder; its other homeworks may fit better.
    asked
        What was said of the submissions; with ``anyway`` nothing is looked at.

    Raises
    ------
    SubmissionError
        When it is doubtful, and nobody said to go on.
    """
    if asked.anyway:
        return
    if not asked.inside and asked.layout == "auto":
        _insist_on_a_class(intake.download)
        _insist_on_no_class_inside(intake.download)
    if asked.roster:
        _insist_on_the_roster(intake, asked.roster)
    _insist_on_this_homework(intake, homework, course)


def _insist_on_a_class(download: Download) -> None:
    """That a class did not shrink to one or two students whose files lie in many places."""
    count = len(download.students)
    least = 2 if count == 1 else _PLACES
    doubtful = [
        (student, where) for student in download.students if (where := _places(student, download, least))
    ]
    if doubtful and (count <= _SMALL or 2 * len(doubtful) > count):
        student, where = doubtful[0]
        inside = _told(_around(student), every=count > 1)
        around = "" if where.endswith("files") else f" `--inside '{inside}'` for a class in there,"
        raise SubmissionError(
            f"{download.place} was taken for this: {download.layout.title}, and {student.name} has {where} "
            f"with this homework. Is that one student? Say{around} `--layout` for another platform, or "
            "`--yes` if it is right."
        )
    if count > _SMALL:
        return
    lost = [name for name, _ in download.aside if is_called_code(name)]
    if len(lost) > _PLACES:
        raise SubmissionError(
            f"{download.place} was taken for this: {download.layout.title} of {len(download.students)}, and "
            f"{len(lost)} files were left out: {listed(lost, 3)}. Say `--layout` for another platform, or "
            "`--yes` if it is right."
        )


def _insist_on_no_class_inside(download: Download) -> None:
    """That no student, or not most of them, are a class each by what lies in their hand-ins."""
    few = len(download.students) <= _PLACES
    sample = download.students[:: max(1, len(download.students) // _LOOKED_INTO)]
    doubts = [
        (student, doubt)
        for student in sample
        if (doubt := class_inside(student, download.wanted, archives=few)) is not None
    ]
    by_names = download.layout is layouts.plain.LAYOUT
    in_each = several_in_each(sample, download.wanted) if by_names else None
    if in_each is None and (not doubts or not (few or 2 * len(doubts) > len(sample))):
        return
    count = len(download.students)
    every = count > 1 and (len(doubts) > 1 or in_each is not None)
    doubts += [in_each] if in_each else []
    student, doubt = max(doubts, key=lambda each: each[1].people)
    inside = _told(doubt.folder, every)
    go_on = f"Say `--inside '{inside}'` for a class in there," if inside else "Say `--layout` for a platform,"
    if doubt.archive:
        go_on = f"Unpack {printable(doubt.archive)} first for a class in there,"
    raise SubmissionError(
        f"{download.place} was taken for this: {download.layout.title}, and {count} "
        f"student{'s' * (count != 1)}. But what {student.name} handed in looks like {doubt.looks}. "
        f"{go_on} or `--yes` if it is right."
    )


def _insist_on_the_roster(intake: Intake, roster: Path) -> None:
    """That the roster is this class's: some of those who handed in are on it."""
    on = len({entry.line for entry in intake.entries.values()})
    people = sum(len(student.people) for student in intake.download.students)
    if on + len(intake.absent) >= _PLACES and 3 * on < people:
        raise SubmissionError(
            f"{roster} names {on} of the {people} people who handed in. Is it the roster of this class, and "
            "are its numbers or names those of the platform? `--yes` goes on."
        )


def _places(student: Student, download: Download, least: int) -> str:
    """In how many places a student's files lie that may be a hand-in each; empty where it is one."""
    for time in student.times:
        own = [each for each in time.files if _may_be_a_hand_in(each.path, download.wanted)]
        flat = [each for each in own if each.given_name]
        folders = {each.path[0] for each in own if len(each.path) > 1}
        if len(flat) > _PLACES:
            return f"{len(flat)} files"
        if len(folders) >= least and not any(len(each.path) == 1 for each in own):
            return f"{len(folders)} folders"
    return ""


def _around(student: Student) -> Parts:
    """The folder of what somebody handed in, in the download."""
    first = student.times[-1].files[0]
    return first.file.parts[: -len(first.path)]


def _told(folder: Parts, every: bool) -> str:
    """What `--inside` takes for a folder, or for every one that lies where it does."""
    return printable("/".join((*folder[:-1], "*") if every else folder))


def _may_be_a_hand_in(path: tuple[str, ...], wanted: Wanted) -> bool:
    name = path[-1].casefold()
    is_named = wanted.folded in name and is_called_code(name)
    return (is_named or name.endswith((".ipynb", ".zip"))) and not wanted.hands_out(path)


def _insist_on_this_homework(intake: Intake, homework: Homework, course: Path) -> None:
    own = _functions(homework)
    read: list[Candidates] = []
    for each in islice(intake.read(), _SAMPLE):
        if _has_one(each, own):
            return
        read += [each] if any(s.cells for s in each.submissions) else []
    if not read:
        return
    others: dict[str, int] = {}
    for name in homework_names(course):
        if name != homework.name:
            try:
                wanted = _functions(load_homework(name, course))
            except HomeworkError:
                continue
            others[name] = sum(_has_one(each, wanted) for each in read)
    best = max(others, key=lambda name: others[name], default=None)
    if best is not None and others[best]:
        raise SubmissionError(
            f"No hand-in of the {len(read)} that were looked at defines a function of {homework.name}, and "
            f"{others[best]} define some of {best}. Did you mean {best}? `--yes` goes on."
        )
    if len(read) >= _PLACES:
        raise SubmissionError(
            f"No hand-in of the {len(read)} that were looked at defines a function of {homework.name}. Are "
            "these the right submissions? `--yes` goes on."
        )


def _functions(homework: Homework) -> Wanted:
    return Wanted(homework.name, functions=frozenset(each.function for each in homework.exercises))


def _has_one(candidates: Candidates, wanted: Wanted) -> bool:
    """Whether a function of the homework is named where it may be defined, in the work or beside it."""
    for submission in candidates.submissions:
        if functions_in(submission, wanted):
            return True
        text = "\n".join((*submission.cells, *(text for _, text in submission.modules)))
        if any(re.search(rf"\b{name}\s*[(=]", text) for name in wanted.functions):
            return True
    return False


def guess(submissions: Path, course: Path, asked: Asked) -> str:
    """The homework of some submissions: the only one there is, or that of which most define a function.

    Parameters
    ----------
    submissions
        The path of a download.
    course
        The course's folder.
    asked
        What was said of the submissions, beside the homework.

    Raises
    ------
    AutograderError
        When nothing tells.
    """
    names = homework_names(course)
    if len(names) == 1:
        return names[0]
    counts: dict[str, int] = {}
    for name in names:
        homework = load_homework(name, course)
        wanted = _functions(homework)
        sought = wanted_of(homework, course)
        with opened(submissions, sought, asked.layout, asked.inside, asked.anyway) as download:
            sample = list(islice(download.read(), _SAMPLE))
        counts[name] = sum(any(functions_in(s, wanted) for s in each.submissions) for each in sample)
    best = sorted(names, key=lambda name: -counts[name])
    if not best or not counts[best[0]] or (len(best) > 1 and counts[best[0]] == counts[best[1]]):
        raise AutograderError(
            f"It is not clear which homework {submissions} belongs to: name it before the submissions, one "
            f"of {', '.join(names) or 'none'}."
        )
    return best[0]
