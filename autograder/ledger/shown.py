"""A ledger's transactions, and what it knows of the views that its folder shows."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from autograder.ledger.checking import text_from
from autograder.ledger.errors import explained

NAME = "ledger.sqlite"


class Shown:
    """The part of an open ledger that says what is shown.

    Parameters
    ----------
    folder
        Where the ledger lies, and the views.
    connection
        To its database; nobody else writes to it.
    """

    def __init__(self, folder: Path, connection: sqlite3.Connection) -> None:
        self.folder = folder
        self.path = folder / NAME
        self._connection = connection
        self._pending = 0  # hand-ins since the last commit

    def commit(self) -> None:
        """Make sure that what was added stays."""
        with explained(self.path):
            if self._connection.in_transaction:
                self._connection.execute("COMMIT")
        self._pending = 0

    def view(self, slug: str) -> tuple[str, str, str] | None:
        """What a person's view was made of, the line of the table, and its files; None without one."""
        with explained(self.path):
            found: tuple[str, str, str] | None = self._connection.execute(
                "SELECT inputs, line, files FROM views WHERE slug = ?", (slug,)
            ).fetchone()
        return found if found and all(isinstance(each, str) for each in found) else None

    def stage(self, views: Iterable[tuple[str, str, str, str]]) -> None:
        """Put down what new views are made of: as `view` gives them, each with its slug before it."""
        with self.changes():
            self._connection.executemany(
                "INSERT OR REPLACE INTO staged (slug, inputs, line, files) VALUES (?, ?, ?, ?)", views
            )

    def lines(self, run: int, *, staged: bool = False) -> Iterator[str]:
        """The lines of the table, sorted by name.

        Parameters
        ----------
        run
            The number of the run whose people count.
        staged
            Whether of the table that is being made, instead of the one that is shown.
        """
        table = "staged" if staged else "views"
        with explained(self.path):
            for (line,) in self._connection.execute(
                f"SELECT line FROM people JOIN {table} USING (slug) WHERE run = ? GROUP BY slug "
                "ORDER BY sorted, student",
                (run,),
            ):
                yield line

    def unstage(self) -> None:
        """Forget what was staged."""
        with self.changes():
            self._connection.execute("DELETE FROM staged")

    def adopt(self, change: str) -> None:
        """Let the staged views be those that hold, and note the change of folders that is to follow."""
        with self.changes():
            self._connection.execute("DELETE FROM views")
            self._connection.execute("INSERT INTO views SELECT * FROM staged")
            self._connection.execute("DELETE FROM staged")
            self.set_fact("change", change)

    def view_files(self) -> dict[str, str]:
        """What is known of the files of all views, by slug."""
        with explained(self.path):
            rows = self._connection.execute("SELECT slug, files FROM views")
            return {text_from(slug): text_from(files) for slug, files in rows}

    def asides(self) -> list[tuple[str, str, str]]:
        """Views that were moved aside, the oldest first: their names, and prints of their files."""
        with explained(self.path):
            rows = self._connection.execute("SELECT name, times, digests FROM asides ORDER BY number")
            found = [(text_from(row[0]), text_from(row[1]), text_from(row[2])) for row in rows]
        return [each for each in found if each[0] and each[0] == Path(each[0]).name]

    def add_aside(self, name: str, times: str, digests: str) -> None:
        """Note views that were moved aside; within `changes`.

        Parameters
        ----------
        name
            Of their folder.
        times, digests
            Prints of their files: by when they were changed, and by what they hold.
        """
        self._connection.execute(
            "INSERT OR REPLACE INTO asides (name, times, digests) VALUES (?, ?, ?)", (name, times, digests)
        )

    def forget_asides(self, names: Iterable[str]) -> None:
        """Know no more of views that were moved aside."""
        with self.changes():
            self._connection.executemany("DELETE FROM asides WHERE name = ?", [(name,) for name in names])

    def fact(self, name: str) -> str:
        """A text that was kept under a name; empty where there is none."""
        with explained(self.path):
            found = self._connection.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
        return text_from(found[0]) if found else ""

    def set_fact(self, name: str, value: str) -> None:
        """Keep a text.

        Parameters
        ----------
        name
            The name to find it by.
        value
            The text; it takes the place of what was kept there.
        """
        with explained(self.path):
            self._connection.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (name, value))

    @contextmanager
    def changes(self) -> Iterator[None]:
        """Write all of what follows, or nothing of it."""
        self.commit()
        with explained(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise


def is_shown_in(folder: Path) -> bool:
    """Whether a folder is one that a class was graded into: it has a ledger, and reports beside it."""
    return (folder / NAME).is_file() and (folder / "reports").is_dir()
