"""`autograder collect`: who handed in what, and nothing is graded."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from autograder.course import load_homework
from autograder.intake import Asked, Intake, first_lines, taken_in
from autograder.plausible import guess, insist
from autograder.printable import printable
from autograder.submission import Candidates, Student

_SHOWN = 20


def run(name: str | None, submissions: Path, course: Path, asked: Asked, everybody: bool) -> None:
    """Print what was recognised.

    Parameters
    ----------
    name
        The homework; None where the submissions tell.
    submissions, course, asked
        As for grading.
    everybody
        Whether each student and each file that was left out gets a line.
    """
    if name is None:
        name = guess(submissions, course, asked)
        click.echo(f"Homework: {name}")
    homework = load_homework(name, course)
    with taken_in(submissions, homework, course, asked) as intake:
        lines, unreadable, others = [], [], []
        for line, problem, not_read in _students(intake):
            lines.append(line)
            others += not_read
            if problem:
                unreadable.append(line)
        for line in first_lines(intake, len(unreadable)):
            click.echo(line)
        if everybody:
            lines += [_absent(student, intake) for student in intake.absent]
            lines += others
            lines += [f"  left out: {name}: {reason}" for name, reason in intake.download.aside]
        else:
            lines = unreadable[:_SHOWN]
            lines += [f"  … and {len(unreadable) - _SHOWN} more: see --list"] * (len(unreadable) > _SHOWN)
        for line in lines:
            click.echo(line)
        insist(intake, homework, course, asked)


def _students(intake: Intake) -> Iterator[tuple[str, bool, list[str]]]:
    """A line for each: what is read, which attempt, how late, or why nothing is; and whether that is so.

    Last a line for each file of theirs that is not read.
    """
    students = {student.slug: student for student in intake.download.students}
    for candidates in intake.read():
        student = students[candidates.slug]
        told, first = intake.told(student), candidates.submissions[0]
        files = ", ".join(submission.source for submission in candidates.submissions)
        facts = [f"unreadable: {first.source}: {first.problem}" if first.problem else files]
        which = f"attempt {told.attempt}" if intake.policy != "best" else "the best"
        facts += [f"{which} of {told.attempts}"] if told.attempts else []
        facts += ["late"] if told.late else []
        sections = dict.fromkeys(intake.section(member) for member in student.people)
        facts += [f"section {' and '.join(filter(None, sections))}"] if any(sections) else []
        names = " & ".join(member.student for member in student.people)
        yield f"  {names}: {'; '.join(facts)}", first.problem is not None, [*_others(student, candidates)]


def _absent(student: str, intake: Intake) -> str:
    section = printable(intake.away[student].section)
    return f"  {student}: nothing handed in{f'; section {section}' if section else ''}"


def _others(student: Student, candidates: Candidates) -> Iterator[str]:
    """A line for each file of a student's that is not read, and why."""
    used = {parts[:size] for parts in candidates.read for size in range(1, len(parts) + 1)}
    problem = next((each.source for each in candidates.submissions if each.problem), None)
    handed = [[each.file.parts for each in time.files if each.path[-1]] for time in student.times]
    counted = [any(parts in used for parts in files) for files in handed]
    for files, counts in zip(handed, counted, strict=True):
        reason = "another file is the work" if counts else "another attempt counts"
        if not any(counted):
            reason = "it is not the homework"
        for parts in files:
            name = printable("/".join(parts))
            if parts not in used and name != problem:
                yield f"  not read: {name}: {candidates.unread.get(parts, reason)}"
    of_all = {parts for files in handed for parts in files}
    for parts, reason in candidates.unread.items():  # inside of an archive
        name = printable("/".join(parts))
        if parts not in of_all and name != problem:
            yield f"  not read: {name}: {reason}"
