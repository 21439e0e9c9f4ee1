"""A student's other Python files, for code that imports or runs them: text by its path, and not too much."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable

from autograder.submission.opening import Parts
from autograder.submission.reading import Submission

MAX_MODULES = 50
MAX_TEXT = 2_000_000

_ARCHIVE = re.compile(r"\.(?:zip|tar|tar\.gz|tgz)\Z", re.IGNORECASE)


def text_of(submission: Submission) -> str:
    """What was read, as the text of one file: of a notebook its cells, a line ``# %%`` before each."""
    if len(submission.cells) == 1 and not submission.source.lower().endswith(".ipynb"):
        return submission.cells[0]
    return "".join(f"# %%\n{cell.rstrip()}\n" for cell in submission.cells)


def relative(parts: Parts, folder: Parts) -> str:
    """The path of a file from a folder, both without the archives that they lie in.

    Parameters
    ----------
    parts
        Of the file, from the folder of submissions.
    folder
        Likewise; empty for that folder itself.

    Examples
    --------
    >>> relative(("ada", "hw.zip", "lib", "act.py"), ("ada",))
    'lib/act.py'
    >>> relative(("ada", "helper.py"), ("ada", "notebooks"))
    '../helper.py'
    """
    path, start = (
        "/".join(["", *(part for part in each if not _ARCHIVE.search(part))]) for each in (parts, folder)
    )
    return posixpath.relpath(path or "/", start or "/")


def modules_beside(work: Parts, others: Iterable[tuple[Parts, Submission]]) -> tuple[tuple[str, str], ...]:
    """The other files as modules of the one that is the work: of two with one path the first.

    Parameters
    ----------
    work
        The path of the file whose code runs.
    others
        What else could be read, with its path. At most `MAX_MODULES` files are taken, and `MAX_TEXT`
        characters.
    """
    found: dict[str, str] = {}
    left = MAX_TEXT
    for parts, submission in others:
        path, text = relative(parts, work[:-1]), text_of(submission)
        if parts != work and path not in found and len(text) <= left and len(found) < MAX_MODULES:
            found[path] = text
            left -= len(text)
    return tuple(found.items())
