"""A class on its way into the ledger: who needs to be judged, and what is put down of each."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from pathlib import Path

from autograder.batch import Judged
from autograder.errors import CommandError
from autograder.grader import Job, Work
from autograder.homework import Homework
from autograder.intake import Asked, Intake, as_known
from autograder.keys import judge_digest, key_of
from autograder.ledger import JudgedFile, Ledger, NewReport, Participant, Record, RunFacts, outline_of
from autograder.naming import called
from autograder.printable import printable
from autograder.secret import secret_of
from autograder.submission import Candidates, Student
from autograder.submission.slugs import slugs_of


class Roll:
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
        self._students = {student.slug: student for student in intake.download.students}
        self._judge = judge_digest(homework, job.sandbox, job.limits)
        self._again = self._named(regrade)
        self._waiting: dict[str, tuple[Record, list[str]]] = {}

    @property
    def job(self) -> Job:
        """What workers need to know."""
        return self._job

    def facts(self, submissions: Path, asked: Asked) -> RunFacts:
        """What the ledger keeps of the run.

        Parameters
        ----------
        submissions
            The path of the download.
        asked
            What was asked for beside it.
        """
        return RunFacts(
            outline_of(self._homework),
            self._homework.digest,
            self._judge,
            printable(str(submissions)),
            self.intake.download.layout.name,
            self._job.sandbox,
            asked.late,
        )

    def works(self, run: int, since: int, done: Callable[[], None]) -> Iterator[Work]:
        """Who has to be judged; all others are put down at once.

        Parameters
        ----------
        run
            The number of the run that is under way.
        since
            The number of the run from which on a report counts of those who are to be judged again.
        done
            Called for each student who is put down here.
        """
        for candidates in self.intake.read():
            secret = secret_of(self._secret, self._homework.name, candidates.student)
            keys = [
                key_of(each, self._homework.digest, self._judge, secret) for each in candidates.submissions
            ]
            hand_in = self._hand_in(self._students[candidates.slug], candidates, keys)
            oldest = since if candidates.slug in self._again else 0
            missing = [k for k, key in enumerate(keys) if not self._ledger.is_known(key, oldest)]
            if not missing:
                self._ledger.add(run, hand_in)
                self.unchanged += 1
                done()
                continue
            self._waiting[candidates.slug] = hand_in, [keys[k] for k in missing]
            yield Work(candidates.slug, tuple(candidates.submissions[k] for k in missing), secret)

    def _people(self, student: Student) -> Iterator[Participant]:
        for member in student.people:
            person = self.intake.person(member)
            ids = tuple(printable(each) for each in person.ids)
            facts = (printable(person.name), ids, self.intake.section(member), self.intake.known_as(member))
            yield Participant(member.student, member.slug, *facts)

    def _hand_in(self, student: Student, candidates: Candidates, keys: list[str]) -> Record:
        told = candidates.handed_in or (None,) * len(keys)
        files = tuple(JudgedFile(key, each) for key, each in zip(keys, told, strict=True))
        return Record(candidates.slug, tuple(self._people(student)), files)

    def put_down(self, run: int, judged: Judged) -> None:
        """Keep what was judged.

        Parameters
        ----------
        run
            The number of the run that is under way.
        judged
            What came of one of the `works`.
        """
        hand_in, keys = self._waiting.pop(judged.work.slug)
        new = [
            NewReport(key, made.submission, made.complete, made.data)
            for key, made in zip(keys, judged.made, strict=True)
        ]
        self._ledger.add(run, hand_in, new)
        self.graded += 1

    def put_down_absent(self, run: int) -> None:
        """Keep who is on the roster and handed in nothing."""
        people = [member.slug for each in self._students.values() for member in each.people]
        slugs = slugs_of(self.intake.absent, {*self._students, *people})
        for name, entry in self.intake.away.items():
            ids = tuple(printable(each) for each in entry.ids)
            facts = (printable(entry.name), ids, printable(entry.section), as_known(entry.known_as))
            self._ledger.add(run, Record("", (Participant(name, slugs[name], *facts),)))
        self._ledger.commit()

    def _named(self, names: Collection[str]) -> set[str]:
        """The hand-ins of students who were named; ``*`` is everybody."""
        if "*" in names:
            return set(self._students)
        found: set[str] = set()
        whose: dict[str, str] = {}
        people: list[Participant] = []
        for slug, student in self._students.items() if names else ():
            for person in self._people(student):
                people.append(person)
                whose[person.slug] = slug
        for name in names:
            some = called(people, name)
            if not some:
                raise CommandError(
                    f"Nobody in {self.intake.download.place} is called {printable(name)}: "
                    "`autograder collect --list` names them all."
                )
            found |= {whose[person.slug] for person in some}
        return found
