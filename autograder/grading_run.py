"""`autograder grade`: from a download of submissions to a ledger, and to the marks and pages that show it."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from autograder import showing, views
from autograder.batch import Judged, Team, grade_all
from autograder.errors import AutograderError
from autograder.grader import Job, Work, homework_of
from autograder.homework import Homework
from autograder.intake import Asked, Intake, first_lines, taken_in
from autograder.keys import judge_digest, key_of
from autograder.ledger import JudgedFile, Ledger, NewReport, Participant, Record, RunFacts, held, outline_of
from autograder.plausible import insist
from autograder.printable import printable
from autograder.processes import Processes
from autograder.sandbox import selftest
from autograder.sandbox.host import Limits, Sandbox
from autograder.secret import course_secret, secret_of
from autograder.submission import Candidates, Student
from autograder.submission.slugs import slugs_of

# The progress is drawn so often, in seconds.
_OFTEN = 0.1


class StoppedError(AutograderError):
    """Somebody stopped a run; the message says what is kept, and how to go on."""


@dataclass(frozen=True)
class Wish:
    """How a class is to be graded.

    Parameters
    ----------
    workers
        Processes on this machine.
    sandbox, limits
        See `autograder.sandbox`.
    regrade
        Names or numbers of students who are judged again though nothing changed; ``*`` for all.
    dask
        The address of a Dask scheduler, whose workers grade; empty for this machine.
    """

    workers: int = 1
    sandbox: str = "auto"
    limits: Limits = field(default_factory=Limits)
    regrade: tuple[str, ...] = ()
    dask: str = ""


def run(name: str, submissions: Path, out: Path, course: Path, wish: Wish, asked: Asked | None = None) -> int:
    """Grade a download of submissions; see the command's help for what is written.

    Returns
    -------
    int
        How many exercises could not be judged by a fault of the grader's.

    Raises
    ------
    StoppedError
        When somebody stopped it.
    """
    console = Console(highlight=False)
    asked = asked or Asked()
    homework = homework_of(name, course)
    with taken_in(submissions, homework, course, asked) as intake:
        for line in first_lines(intake):
            console.print(line, markup=False, soft_wrap=True)
        insist(intake, homework, course, asked)
        job = Job(name, course, wish.sandbox, wish.limits)
        students = len(intake.download.students)
        with _team(job, wish, students) as (level, team), held(out) as ledger, _stoppable():
            job = replace(job, sandbox=level)
            for line in team.told:
                console.print(line, markup=False, soft_wrap=True)
            views.finish(ledger)
            class_ = _Class(homework, job, intake, ledger, course_secret(course), wish.regrade)
            number = ledger.begin(class_.facts(submissions, asked))
            try:
                _grade(console, class_, number, team)
                current = ledger.end(number, class_.graded, class_.unchanged)
                written = views.write(ledger, current, wish.workers)
            except KeyboardInterrupt:
                raise StoppedError(_stopped(class_, out)) from None
            found = showing.seen(views.rows(ledger, current))
    showing.show(console, current.facts.outline, found)
    if class_.unchanged:
        console.print(f"{class_.unchanged} unchanged, {class_.graded} graded.", markup=False)
    tested = "" if level == "none" else ", after a self-test that got through nowhere"
    console.print(f"Sandbox   {level}{tested}", markup=False)
    console.print(f"Marks     {out / 'grades.csv'}", markup=False, soft_wrap=True)
    console.print(f"Feedback  {out / 'feedback'}/<student>.html", markup=False, soft_wrap=True)
    console.print(f"Reports   {out / 'reports'}/<student>.json", markup=False, soft_wrap=True)
    if written.aside:
        console.print(f"Before    {out / written.aside}", markup=False, soft_wrap=True)
    showing.show_what_is_not_graded(console, found)
    if level == "none":
        console.print("No sandbox was used: every submission ran with your rights.", style="bold red")
    if found.faults:
        text = f"{found.faults} exercises are not judged by a fault of the grader's: "
        console.print(f"{text}their marks are not complete.", style="bold red")
    return found.faults


@contextmanager
def _team(job: Job, wish: Wish, students: int) -> Iterator[tuple[str, Team]]:
    """Who grades, and at which level of the sandbox."""
    if wish.dask:
        from autograder.cluster import joined

        with joined(wish.dask, job) as cluster:
            yield cluster.level, cluster
        return
    with Sandbox(job.sandbox, job.limits) as tried:
        selftest.insist(tried)
        level = tried.level
    yield level, Processes(wish.workers, students)


def _stopped(class_: _Class, out: Path) -> str:
    there_are = len(class_.intake.download.students)
    done = class_.unchanged + class_.graded
    shown = f" What {out} shows is older." if (out / "grades.csv").exists() else ""
    return (
        f"Stopped: {done} of {there_are} are graded, and that is kept. Run the same command to go on.{shown}"
    )


@contextmanager
def _stoppable() -> Iterator[None]:
    """Let a request to end be as Ctrl-C is."""

    def stop(*_: Any) -> None:
        raise KeyboardInterrupt

    try:
        before = signal.signal(signal.SIGTERM, stop)
    except ValueError:  # not in the main thread: somebody else looks after signals
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


class _Class:
    """A class on its way into the ledger: who needs to be judged, and what is put down of each."""

    def __init__(
        self,
        homework: Homework,
        job: Job,
        intake: Intake,
        ledger: Ledger,
        secret: bytes,
        regrade: Collection[str],
    ) -> None:
        self.intake = intake
        self.graded = self.unchanged = 0
        self._homework, self._job, self._ledger, self._secret = homework, job, ledger, secret
        self._sections = intake.sections
        self._students = {student.slug: student for student in intake.download.students}
        self._judge = judge_digest(homework, job.sandbox, job.limits)
        self._again = _named(intake, regrade)
        self._waiting: dict[str, tuple[Record, list[str]]] = {}

    @property
    def job(self) -> Job:
        """What workers need to know."""
        return self._job

    def facts(self, submissions: Path, asked: Asked) -> RunFacts:
        """What the ledger keeps of the run."""
        return RunFacts(
            outline_of(self._homework),
            self._homework.digest,
            self._judge,
            printable(str(submissions)),
            self.intake.download.layout.name,
            self._job.sandbox,
            asked.late,
        )

    def works(self, run: int, done: Callable[[], None]) -> Iterator[Work]:
        """Who has to be judged; all others are put down at once."""
        for candidates in self.intake.read():
            secret = secret_of(self._secret, self._homework.name, candidates.student)
            keys = [
                key_of(each, self._homework.digest, self._judge, secret) for each in candidates.submissions
            ]
            hand_in = self._hand_in(self._students[candidates.slug], candidates, keys)
            again = candidates.slug in self._again
            missing = [k for k, key in enumerate(keys) if again or not self._ledger.is_known(key)]
            if not missing:
                self._ledger.add(run, hand_in)
                self.unchanged += 1
                done()
                continue
            self._waiting[candidates.slug] = hand_in, [keys[k] for k in missing]
            yield Work(candidates.slug, tuple(candidates.submissions[k] for k in missing), secret)

    def _hand_in(self, student: Student, candidates: Candidates, keys: list[str]) -> Record:
        people = []
        for member in student.people:
            person = self.intake.person(member)
            ids = tuple(printable(each) for each in person.ids)
            section = self._sections.get(member.student, "")
            people.append(Participant(member.student, member.slug, printable(person.name), ids, section))
        told = candidates.handed_in or (None,) * len(keys)
        files = tuple(JudgedFile(key, each) for key, each in zip(keys, told, strict=True))
        return Record(candidates.slug, tuple(people), files)

    def put_down(self, run: int, judged: Judged) -> None:
        """Keep what was judged."""
        hand_in, keys = self._waiting.pop(judged.work.slug)
        new = [
            NewReport(key, made.submission, made.complete, made.data)
            for key, made in zip(keys, judged.made, strict=True)
        ]
        self._ledger.add(run, hand_in, new)
        self.graded += 1

    def put_down_absent(self, run: int) -> None:
        """Keep who is on the roster and handed in nothing."""
        taken = [member.slug for each in self._students.values() for member in each.people]
        slugs = slugs_of([*taken, *self.intake.absent])
        for name, entry in self.intake.away.items():
            ids = tuple(printable(each) for each in entry.ids)
            section = self._sections.get(name, "")
            person = Participant(name, slugs[name], printable(entry.name), ids, section)
            self._ledger.add(run, Record(slugs[name], (person,)))
        self._ledger.commit()


def _named(intake: Intake, names: Collection[str]) -> set[str]:
    """The hand-ins of students who were named.

    Raises
    ------
    AutograderError
        When nobody is called so.
    """
    if not names:
        return set()
    everybody = {student.slug for student in intake.download.students}
    if "*" in names:
        return everybody
    found: set[str] = set()
    for name in names:
        some = {
            student.slug
            for student in intake.download.students
            for member in student.people
            for known in (member.student, member.slug, *_names(intake, member))
            if known.casefold() == name.casefold()
        }
        if not some:
            raise AutograderError(
                f"Nobody in {intake.download.place} is called {printable(name)}: `autograder collect --list` "
                "names them all."
            )
        found |= some
    return found


def _names(intake: Intake, member: Any) -> tuple[str, ...]:
    person = intake.person(member)
    return (person.name, *person.ids)


def _grade(console: Console, class_: _Class, number: int, team: Team) -> None:
    """Grade who has to be graded, and put down everybody."""
    columns = (TextColumn("Grading"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    # refreshed by hand: a thread must not run while workers are forked
    with Progress(*columns, console=console, auto_refresh=False, transient=True) as progress:
        task = progress.add_task("", total=len(class_.intake.download.students))
        drawn = 0.0

        def advance() -> None:
            nonlocal drawn
            progress.advance(task)
            if time.monotonic() - drawn > _OFTEN:
                progress.refresh()
                drawn = time.monotonic()

        for judged in grade_all(class_.job, class_.works(number, advance), team):
            class_.put_down(number, judged)
            advance()
    class_.put_down_absent(number)
