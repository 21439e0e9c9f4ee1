"""The ledger itself: what is added while a class is graded, and what is read again."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterable, Iterator
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import msgspec

from autograder.ledger.checking import (
    is_whole,
    judged_file_from,
    mark_from,
    participant_from,
    regrade_from,
    run_from,
)
from autograder.ledger.errors import LedgerError, damaged_part, explained
from autograder.ledger.rows import Mark, NewReport, Participant, Record, Regrade, Run, RunFacts
from autograder.ledger.shown import Shown
from autograder.ledger.whose import Whose, whose
from autograder.printable import printable
from autograder.report import HandedIn

# A transaction is kept open for so many hand-ins, or for so many seconds.
_BATCH = 50
_SECONDS = 1.0


class Ledger(Shown):
    """An open ledger; `held` and `opened` make one."""

    def __init__(self, folder: Path, connection: sqlite3.Connection) -> None:
        super().__init__(folder, connection)
        self.damaged = 0  # reports that were found so
        self._since = time.monotonic()

    # ------------------------------------------------------------------------------------ runs

    def begin(self, facts: RunFacts) -> int:
        """Begin a run; what is left of those that did not come to their end goes, but for their reports."""
        with self.changes():
            self._connection.execute("DELETE FROM runs WHERE ended = ''")
            row = (
                *(now(), facts.outline.name, msgspec.json.encode(facts.outline).decode(), facts.rubric),
                *(facts.judge, facts.place, facts.layout, facts.level, facts.late),
            )
            number = self._connection.execute(
                "INSERT INTO runs (begun, homework, outline, rubric, judge, place, layout, level, late) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                row,
            ).lastrowid
        assert number is not None
        return number

    def end(self, run: int, graded: int, unchanged: int) -> Run:
        """Note that a run came to its end, and is the current one.

        Parameters
        ----------
        run
            Its number.
        graded, unchanged
            How many hand-ins were judged in it, and how many were known.
        """
        with self.changes():
            self._connection.execute(
                "UPDATE runs SET ended = ?, graded = ?, unchanged = ? WHERE number = ?",
                (now(), graded, unchanged, run),
            )
            self.set_fact("current", str(run))
            self.set_fact("regrade", "")
        return self._runs("WHERE number = ?", run)[0]

    def regraded_since(self, run: int, names: Iterable[str]) -> int:
        """From which run on a report counts of those who are to be judged again in this one: a run that was
        stopped is gone on with where the same was asked for.

        Parameters
        ----------
        run
            The number of this run.
        names
            Who is to be judged again, as the instructor named them; none for nobody.
        """
        asked = sorted(set(names))
        before = regrade_from(self.fact("regrade"))
        since = before.since if before.names == asked else run
        with self.changes():
            self.set_fact("regrade", msgspec.json.encode(Regrade(asked, since)).decode() if asked else "")
        return since

    def runs(self) -> list[Run]:
        """All runs, the oldest first."""
        return self._runs("ORDER BY number")

    def _runs(self, which: str, *about: object) -> list[Run]:
        with explained(self.path, reading=True):
            rows = self._connection.execute(
                "SELECT number, outline, rubric, judge, place, layout, level, late, begun, ended, graded, "
                f"unchanged, (SELECT COUNT(DISTINCT slug) FROM people WHERE run = number) FROM runs {which}",
                about,
            ).fetchall()
        return [run_from(self.path, row) for row in rows]

    def current(self) -> Run | None:
        """The last run that came to its end; None where there is none."""
        found = self._runs("WHERE CAST(number AS TEXT) = ?", self.fact("current"))
        return found[0] if found else None

    def insist_on_current(self) -> Run:
        """The current run.

        Raises
        ------
        LedgerError
            When no run came to its end.
        """
        current = self.current()
        if current is None:
            raise LedgerError(
                f"No run in {self.folder} came to its end: run `autograder grade` again, it goes on."
            )
        return current

    # --------------------------------------------------------------------------------- hand-ins

    def is_known(self, key: str, since: int = 0) -> bool:
        """Whether there is a report with this key, as it was written, at which the grader failed nowhere.

        Parameters
        ----------
        key
            As `autograder.keys.key_of` gives it.
        since
            The number of the earliest run whose reports count; 0 for any.
        """
        with explained(self.path):
            found = self._connection.execute(
                "SELECT complete, digest, report FROM reports WHERE key = ? AND run >= ?", (key, since)
            ).fetchone()
        if found and not is_whole(*found[1:]):
            self.damaged += 1
            return False
        return bool(found and found[0])

    def add(self, run: int, hand_in: Record, made: Iterable[NewReport] = ()) -> None:
        """Put down a hand-in with the reports that were made for it.

        Parameters
        ----------
        run
            Its number.
        hand_in
            Whose it is and what was judged; the report of each attempt is known, or among `made`.
        made
            The reports that were not there before.
        """
        with explained(self.path):
            if not self._connection.in_transaction:
                self._connection.execute("BEGIN IMMEDIATE")
                self._since = time.monotonic()
            self._connection.executemany(
                "INSERT OR REPLACE INTO reports (key, run, submission, complete, digest, report) "
                "VALUES (?, ?, ?, ?, ?, ?)",
                [
                    (new.key, run, new.submission, new.complete, sha256(new.data).hexdigest(), new.data)
                    for new in made
                ],
            )
            self._connection.executemany(
                "INSERT INTO people (run, slug, student, sorted, name, ids, section, known_as, hand_in) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    (run, each.slug, *_texts(each.student, each.student.casefold(), each.name),
                     json.dumps(_texts(*each.ids)), *_texts(each.section),
                     json.dumps(_texts(*each.known_as)), hand_in.slug)
                    for each in hand_in.people
                ],
            )  # fmt: skip
            self._connection.executemany(
                "INSERT INTO attempts (run, hand_in, position, report, told) VALUES (?, ?, ?, ?, ?)",
                [(run, hand_in.slug, k, each.key, _told(each.told)) for k, each in enumerate(hand_in.files)],
            )
            self._pending += 1
            if self._pending >= _BATCH or time.monotonic() - self._since > _SECONDS:
                self.commit()

    def slugs(self, run: int) -> Iterator[str]:
        """Everybody with a row in a run, by the names of their files, sorted by name."""
        return (member.slug for member in self.people(run))

    def people(self, run: int) -> Iterator[Participant]:
        """Everybody with a row in a run, sorted by name."""
        with explained(self.path):
            for row in self._connection.execute(
                "SELECT slug, student, name, ids, section, known_as FROM people WHERE run = ? GROUP BY slug "
                "ORDER BY sorted, student",
                (run,),
            ):
                yield participant_from(self.path, row)

    def entry(self, run: int, slug: str) -> Record:
        """One person's row, with the attempts that may count: of all hand-ins that are theirs.

        Parameters
        ----------
        run
            Its number.
        slug
            The name of the person's files.
        """
        with explained(self.path):
            owners = self._connection.execute(
                "SELECT slug, student, name, ids, section, known_as, hand_in FROM people "
                "WHERE run = ? AND slug = ?",
                (run, slug),
            ).fetchall()
            # CROSS: one person is looked up first, and not every attempt of the run
            rows = self._connection.execute(
                "SELECT attempts.report, told, digest FROM people CROSS JOIN attempts USING (run, hand_in) "
                "LEFT JOIN reports ON reports.key = attempts.report "
                "WHERE people.run = ? AND slug = ? ORDER BY hand_in, position",
                (run, slug),
            ).fetchall()
        *row, hand_in = owners[0]
        person = participant_from(self.path, row)
        return Record(hand_in, (person,), tuple(judged_file_from(self.path, slug, each) for each in rows))

    def have_work_in_common(self, run: int, other: int) -> bool:
        """Whether any file that may count in a run may count in another too, whatever it was judged by.

        Parameters
        ----------
        run, other
            Their numbers.
        """
        files = (
            "SELECT submission FROM attempts JOIN reports ON reports.key = attempts.report "
            "WHERE attempts.run = ?"
        )
        with explained(self.path):
            (found,) = self._connection.execute(
                f"SELECT EXISTS ({files} INTERSECT {files})", (run, other)
            ).fetchone()
        return bool(found)

    def packed_report(self, key: str) -> bytes:
        """A stored report, see `autograder.report.unpacked`.

        Raises
        ------
        LedgerError
            When it is not there, or not as it was written.
        """
        with explained(self.path):
            found = self._connection.execute(
                "SELECT digest, report FROM reports WHERE key = ?", (key,)
            ).fetchone()
        if not found or not is_whole(*found):
            raise LedgerError(damaged_part(self.path, f"the report {printable(key[:12])}"))
        data: bytes = found[1]
        return data

    # ------------------------------------------------------------------------------------ marks

    def set_marks(self, homework: str, marks: Iterable[tuple[Mark, Iterable[Mark]]]) -> None:
        """Let points stand in place of the grader's, in this run and all that follow: all of them, or none.

        Parameters
        ----------
        homework
            Its name.
        marks
            The points, and whose they are, each with the marks given before that go; the number and the time
            of new ones are not read.
        """
        with self.changes():
            for mark, instead in marks:
                self._drop_marks(instead)
                self._connection.execute(
                    "INSERT INTO marks (homework, known_as, student, exercise, points, why, given) "
                    "VALUES (?, ?, ?, ?, ?, ?, ?)",
                    (homework, json.dumps(_texts(*mark.known_as)), *_texts(mark.student), mark.exercise,
                     mark.points, *_texts(mark.why), now()),
                )  # fmt: skip

    def unset_marks(self, marks: Iterable[Mark]) -> None:
        """Let the grader's points count again."""
        with self.changes():
            self._drop_marks(marks)

    def _drop_marks(self, marks: Iterable[Mark]) -> None:
        self._connection.executemany("DELETE FROM marks WHERE number = ?", [(each.number,) for each in marks])

    def marks(self, homework: str) -> list[Mark]:
        """What was given by hand, the oldest first."""
        with explained(self.path):
            rows = self._connection.execute(
                "SELECT known_as, student, exercise, points, why, given, number FROM marks "
                "WHERE homework = ? ORDER BY number",
                (homework,),
            ).fetchall()
        return [mark_from(self.path, row) for row in rows]

    def whose_marks(self, run: Run) -> Whose:
        """Whose the marks by hand are in a run."""
        marks = self.marks(run.facts.outline.name)
        return whose(marks, self.people(run.number) if marks else ())


def _told(told: HandedIn | None) -> str | None:
    return None if told is None else msgspec.json.encode(told).decode()


def _texts(*texts: str) -> tuple[str, ...]:
    """Texts that SQLite can keep: half characters are escaped."""
    return tuple(text.encode("utf-8", "backslashreplace").decode() for text in texts)


def now() -> str:
    """The time in ISO 8601, with the clock's offset."""
    return datetime.now().astimezone().isoformat(timespec="seconds")
