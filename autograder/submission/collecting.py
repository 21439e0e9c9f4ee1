"""A folder becomes a list of students, each with the files that may be the homework, already read."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path

import autograder.kit
from autograder.printable import printable
from autograder.submission import opening
from autograder.submission.opening import Entry, Parts, RefusedError
from autograder.submission.reading import Submission, read

MAX_FILES = 8
MAX_STUDENTS = 100_000
MAX_SLUG = 100

_ACCEPTED = (".py", ".ipynb")
_NOT_SUBMISSIONS = {"__macosx", "__pycache__", "thumbs.db", "desktop.ini", "penguins.csv", "readme.md"}
_KIT_MODULES = {"conftest", *(path.stem for path in Path(autograder.kit.__file__).parent.glob("*.py"))}
_COPY = re.compile(r"\s*\(\d+\)$|[ _-]+copy\d*$")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)  # Windows' device names


class SubmissionError(Exception):
    """A folder of submissions that cannot be used; the message says what, where, and what to do next."""


@dataclass(frozen=True)
class Candidates:
    """All that one student handed in; each submission is graded and the best counts.

    Parameters
    ----------
    student
        The name of the file or folder, fit to be printed.
    slug
        A name for files on any system, unique among the students whatever the case of its letters.
    submissions
        At least one: those that could be read, or one whose ``problem`` says why none could.
    """

    student: str
    slug: str
    submissions: tuple[Submission, ...]


@dataclass
class _Pile:
    """What was found for a student so far."""

    files: list[Parts] = field(default_factory=list)
    refusals: list[tuple[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def collect(folder: Path, homework: str) -> list[Candidates]:
    """Find and read what every student handed in.

    Parameters
    ----------
    folder
        Holds ``<student>.py``, ``<student>.ipynb``, or ``<student>/…/<homework>.py`` or ``.ipynb``.
    homework
        The homework's name.

    Returns
    -------
    list of Candidates
        One a student, sorted by name.

    Raises
    ------
    SubmissionError
        When there is no such folder, it cannot be read, or it is empty.
    """
    root = _open_root(folder)
    try:
        piles = _piles(root, folder, homework)
        slugs = _slugs(list(piles))
        found = [
            Candidates(printable(name), slugs[name], _submissions(root, printable(name), pile))
            for name, pile in piles.items()
        ]
    finally:
        os.close(root)
    if not found:
        raise SubmissionError(
            f"The folder {folder} holds no submission: put one <student>.py or <student>.ipynb a student "
            f"there, or one folder a student with {homework}.py or {homework}.ipynb in it."
        )
    return found


def collect_one(folder: Path, homework: str) -> Candidates:
    """Find and read what one student handed in, whose name the folder above `folder` has.

    That is how nbgrader stores submissions: ``submitted/<student>/<homework>``.

    Raises
    ------
    SubmissionError
        When there is no such folder, or it cannot be read.
    """
    student = folder.parent.name
    root = _open_root(folder.parent)
    try:
        pile = _Pile()
        _look_into(root, folder.name, homework, pile)
        return Candidates(
            printable(student), _slugs([student])[student], _submissions(root, printable(student), pile)
        )
    finally:
        os.close(root)


def _open_root(folder: Path) -> int:
    if not opening.can_open_safely():
        raise SubmissionError(
            "Files of strangers cannot be opened safely on this system: use Linux, WSL or macOS."
        )
    try:
        return opening.open_root(folder)
    except FileNotFoundError as error:
        raise SubmissionError(
            f"There is no folder {folder}: name the folder that holds the submissions."
        ) from error
    except NotADirectoryError as error:
        raise SubmissionError(
            f"{folder} is not a folder: name the folder that the submissions are in."
        ) from error
    except OSError as error:
        raise SubmissionError(
            f"The folder {folder} cannot be opened ({error.strerror}): check its rights."
        ) from error


def _piles(root: int, folder: Path, homework: str) -> dict[str, _Pile]:
    try:
        listed = opening.entries(root, limit=MAX_STUDENTS)
    except RefusedError as error:
        raise SubmissionError(f"{folder}: {error} Check its rights.") from error
    piles: dict[str, _Pile] = {}
    for entry in listed:
        if entry.name.casefold() in _NOT_SUBMISSIONS:
            continue
        stem, suffix = os.path.splitext(entry.name)
        if entry.kind != "folder" and suffix.lower() in _ACCEPTED:
            if not _of_the_kit(entry.name, homework):
                piles.setdefault(stem, _Pile()).files.append((entry.name,))
        elif entry.kind == "folder":
            _look_into(root, entry.name, homework, piles.setdefault(entry.name, _Pile()))
        else:
            _refuse(entry, piles.setdefault(stem.removesuffix(".tar") or entry.name, _Pile()))
    return dict(sorted(piles.items(), key=lambda item: (item[0].casefold(), item[0])))


def _refuse(entry: Entry, pile: _Pile) -> None:
    reasons = {
        "link": "The file is a symbolic link, and links are not followed: hand in the file itself.",
        "special": "The file is not an ordinary file: hand in a .py or .ipynb file.",
        "file": "Only .py and .ipynb files are accepted, or a folder that holds one: unpack archives first.",
        "folder": "",
    }
    pile.refusals.append((printable(entry.name), reasons[entry.kind]))


def _look_into(root: int, name: str, homework: str, pile: _Pile) -> None:
    try:
        tree = opening.walk(root, (name,))
    except RefusedError as refusal:
        pile.refusals.append((printable(name), str(refusal)))
        return
    pile.notes.extend(map(printable, tree.notes))
    chosen, note = _choose(tree.files, homework)
    if note:
        pile.notes.append(note)
    pile.files.extend(chosen)
    if not chosen:
        pile.refusals.append((printable(name), f"The folder holds no {homework}.py and no {homework}.ipynb."))


def _stem(name: str) -> str:
    """A file's name as the student meant it: no suffix, no mark of a second download, one way to write it."""
    stem = _COPY.sub("", os.path.splitext(name)[0].casefold())
    return re.sub(r"[\s-]+", "_", stem)


def _of_the_kit(name: str, homework: str) -> bool:
    return _stem(name) in _KIT_MODULES or _stem(name) == f"test_{homework.casefold()}"


def _choose(files: tuple[Parts, ...], homework: str) -> tuple[list[Parts], str | None]:
    """The files that may be the homework.

    Those with its name, and renamed copies that still contain it: beside the student's ``sgd_final.ipynb``
    often lies the kit's own ``sgd.ipynb``, untouched. Without any of them, all other code.
    """
    code = [
        parts
        for parts in files
        if parts[-1].lower().endswith(_ACCEPTED) and not _stem(parts[-1]).startswith("test_")
        and not _of_the_kit(parts[-1], homework)
    ]  # fmt: skip
    code.sort(key=lambda parts: (len(parts), [part.casefold() for part in parts], parts))
    wanted = homework.casefold()
    exact = [parts for parts in code if os.path.splitext(parts[-1])[0].casefold() == wanted]
    found = set(exact)
    chosen = exact + [parts for parts in code if wanted in _stem(parts[-1]) and parts not in found]
    chosen = chosen or code
    if exact or not chosen:
        return chosen, None
    names = ", ".join(printable("/".join(parts)) for parts in chosen[:MAX_FILES])
    return chosen, f"No file is named {homework}.py or {homework}.ipynb; read instead: {names}."


def _submissions(root: int, student: str, pile: _Pile) -> tuple[Submission, ...]:
    """Read a student's files: the readable ones, or one submission with the reasons why there is none."""
    readable: list[Submission] = []
    notes = list(pile.notes)
    refused: list[tuple[str, str]] = []
    for parts in pile.files[:MAX_FILES]:
        source = printable("/".join(parts))
        try:
            submission = read(opening.read_regular(root, parts), source, student)
        except RefusedError as refusal:
            refused.append((source, str(refusal)))
            continue
        twin = next((other for other in readable if other.cells == submission.cells), None)
        if submission.problem:
            refused.append((source, submission.problem))
        elif twin:
            notes.append(f"{source} holds the same code as {twin.source}.")
        else:
            readable.append(submission)
    if len(pile.files) > MAX_FILES:
        notes.append(f"{len(pile.files)} files were found; the first {MAX_FILES} were read.")
    refused.extend(pile.refusals)
    if not readable:
        (source, problem), *others = refused
        notes.extend(f"{name}: {reason}" for name, reason in others)
        return (Submission(student, (), source, tuple(notes), problem),)
    if len(readable) > 1:
        names = ", ".join(submission.source for submission in readable)
        notes.append(f"Several files were found: {names}. Each is graded, and the best counts.")
    notes.extend(f"{name}: {reason}" for name, reason in refused)
    return tuple(replace(submission, notes=(*notes, *submission.notes)) for submission in readable)


def _slugs(names: list[str]) -> dict[str, str]:
    """For every name a file name that no other has.

    It depends on the name alone, except where two names would be one file: a report is found again when
    other students come or go.
    """
    taken: set[str] = set()
    slugs: dict[str, str] = {}
    for name in names:
        slug = next(slug for slug in _possible_slugs(name) if slug.casefold() not in taken)
        taken.add(slug.casefold())
        slugs[name] = slug
    return slugs


def _possible_slugs(name: str) -> Iterator[str]:
    text = unicodedata.normalize("NFKC", name)
    plain = "".join(c if c.isalnum() or c in "._-" else "_" for c in text).strip("._-")
    if plain and plain == _cut(plain, MAX_SLUG) and not _RESERVED.fullmatch(plain):
        yield plain
    mark = sha256(name.encode("utf-8", "surrogatepass")).hexdigest()
    for length in range(8, len(mark) + 1):
        yield f"{_cut(plain, MAX_SLUG - 1 - length) or 'student'}-{mark[:length]}"


def _cut(text: str, size: int) -> str:
    return text.encode()[:size].decode(errors="ignore").rstrip("._-")
