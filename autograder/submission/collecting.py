"""A folder or a zip becomes a list of students, each with what may be the homework, already read."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from autograder.errors import AutograderError
from autograder.printable import printable
from autograder.submission import layouts, opening
from autograder.submission.archive import Archive, handed_in, is_archive
from autograder.submission.modules import MAX_MODULES, modules_beside
from autograder.submission.opening import MAX_BYTES, Entry, File, Folder, Parts, RefusedError
from autograder.submission.reading import Submission, read
from autograder.submission.slugs import slugs_of

MAX_FILES = 8
# An archive of archives of submissions is opened, and no deeper.
MAX_NESTING = 2
MAX_UNPACKED = 2 * MAX_BYTES

_ZIP = ".zip"
_ACCEPTED = (".py", ".ipynb")
_NOT_SUBMISSIONS = {"__macosx", "__pycache__", "thumbs.db", "desktop.ini", "readme.md"}
# The checks that students are given: a folder, and modules that they once were.
_CHECKS = "checks"
_CHECK_MODULES = re.compile(r"__init__|conftest|checks(?:_(?:values|loops|batches|noise|selection))?")
_COPY = re.compile(r"\s*\(\d+\)$|[ _-]+copy\d*$")


_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Wanted:
    """What is looked for: a homework by its name, and the files that it hands out, in lower case."""

    name: str
    data: frozenset[str]

    @property
    def folded(self) -> str:
        """The name as names of files are compared with it."""
        return self.name.casefold()


class SubmissionError(AutograderError):
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

    files: list[File] = field(default_factory=list)
    others: list[File] = field(default_factory=list)  # code that the work may import
    refusals: list[tuple[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    unpacked: int = 0  # bytes of archives


def collect(submissions: Path, homework: str, data: Collection[str] = ()) -> list[Candidates]:
    """Find and read what every student handed in.

    Parameters
    ----------
    submissions
        A folder or a zip with ``<student>.py``, ``<student>.ipynb``, ``<student>.zip`` or
        ``<student>/…/<homework>.py``, ``.ipynb`` or ``.zip``, or what Canvas, Moodle or Gradescope hand over.
    homework
        The homework's name.
    data
        Files that the homework hands out beside the notebook: nobody's submission.

    Returns
    -------
    list of Candidates
        One a student, sorted by name.

    Raises
    ------
    SubmissionError
        When there is no such folder or zip, it cannot be read, or it is empty.
    """
    wanted = _Wanted(homework, frozenset(map(str.casefold, data)))
    store = _open(submissions)
    try:
        piles = _piles(store, submissions, wanted)
        slugs = slugs_of(list(piles))
        found = [
            Candidates(printable(name), slugs[name], _submissions(printable(name), pile))
            for name, pile in piles.items()
        ]
    finally:
        store.close()
    if not found:
        raise SubmissionError(
            f"{submissions} holds no submission: put one <student>.py or <student>.ipynb a student "
            f"there, or one folder a student with {homework}.py or {homework}.ipynb in it."
        )
    return found


def collect_one(folder: Path, homework: str, data: Collection[str] = ()) -> Candidates:
    """Find and read what one student handed in, whose name the folder above `folder` has.

    That is how nbgrader stores submissions: ``submitted/<student>/<homework>``.

    Raises
    ------
    SubmissionError
        When there is no such folder, or it cannot be read.
    """
    wanted = _Wanted(homework, frozenset(map(str.casefold, data)))
    student = folder.parent.name
    store = _open(folder.parent)
    try:
        pile = _Pile()
        _look_into(store, (folder.name,), wanted, pile)
        return Candidates(
            printable(student), slugs_of([student])[student], _submissions(printable(student), pile)
        )
    finally:
        store.close()


def _open(submissions: Path) -> Folder | Archive:
    if not opening.can_open_safely():
        raise SubmissionError(
            "Files of strangers cannot be opened safely on this system: use Linux, WSL or macOS."
        )
    try:
        if is_archive(submissions):
            return Archive(submissions.open("rb"))
        return Folder(submissions)
    except RefusedError as refusal:
        raise SubmissionError(f"{submissions}: {refusal}") from None
    except FileNotFoundError as error:
        raise SubmissionError(
            f"There is no folder {submissions}: name the folder or zip that holds the submissions."
        ) from error
    except NotADirectoryError as error:
        raise SubmissionError(
            f"{submissions} is not a folder: name the folder or zip that the submissions are in."
        ) from error
    except OSError as error:
        raise SubmissionError(
            f"{submissions} cannot be opened ({error.strerror}): check its rights."
        ) from error


def _piles(store: Folder | Archive, submissions: Path, homework: _Wanted) -> dict[str, _Pile]:
    """What there is of each student. A folder that a download was wrapped in is looked through."""
    try:
        top, listed = _unwrapped(store, submissions)
    except RefusedError as error:
        raise SubmissionError(f"{submissions}: {error} Check its rights.") from error
    names = _gradescope(listed)
    piles: dict[str, _Pile] = {}
    for entry in listed:
        student, file = layouts.owner(entry.name)
        if file.casefold() in _NOT_SUBMISSIONS or (names and entry.name == layouts.GRADESCOPE_LIST):
            continue
        if entry.kind == "folder":
            student = names.get(entry.name, student if not file else entry.name)
            _look_into(store, (*top, entry.name), homework, piles.setdefault(student, _Pile()))
        elif not _of_the_kit((file,), homework):
            _take(entry, (*top, entry.name), homework, piles.setdefault(student, _Pile()))
    for note in store.notes:  # of the download, and nobody's fault in particular
        _LOG.warning("%s: %s", submissions, note)
    return dict(sorted(piles.items(), key=lambda item: (item[0].casefold(), item[0])))


def _unwrapped(store: Folder | Archive, submissions: Path) -> tuple[Parts, list[Entry]]:
    """The entries at the top; those of the one folder there, where it is only the download's wrapping."""
    listed = store.entries()
    folders = [entry.name for entry in listed if entry.kind == "folder"]
    if len(listed) != 1 or not folders:
        return (), listed
    inner = store.entries((folders[0],))
    wrapping = folders[0] == submissions.stem or any(e.name == layouts.GRADESCOPE_LIST for e in inner)
    return ((folders[0],), inner) if wrapping else ((), listed)


def _gradescope(listed: list[Entry]) -> dict[str, str]:
    """The students by their folders, where this is Gradescope's download."""
    for entry in listed:
        if entry.name == layouts.GRADESCOPE_LIST and entry.kind == "file":
            try:
                return layouts.gradescope_names(entry.read())
            except RefusedError:
                return {}
    return {}


def _take(entry: Entry, parts: Parts, homework: _Wanted, pile: _Pile) -> None:
    """Put a file at the top to what its student handed in, or the reason why it is not read."""
    name, file = entry.name.lower(), File(parts, entry.read)
    if name.endswith(_ACCEPTED):
        pile.files.append(file)
    elif name.endswith(_ZIP) and entry.kind == "file":
        _choose_into(pile, _unpacked([file], pile), homework, file.parts[-1])
    else:
        _refuse(entry, pile)


def _refuse(entry: Entry, pile: _Pile) -> None:
    other = "Only .py, .ipynb and .zip files are accepted, or a folder that holds one."
    pile.refusals.append((printable(entry.name), opening.NOT_READ.get(entry.kind, other)))


def _look_into(store: Folder | Archive, top: Parts, homework: _Wanted, pile: _Pile) -> None:
    try:
        tree = store.walk(top)
    except RefusedError as refusal:
        pile.refusals.append((printable(top[-1]), str(refusal)))
        return
    pile.notes.extend(map(printable, tree.notes))
    _choose_into(pile, _unpacked(tree.files, pile), homework, top[-1])


def _unpacked(files: Iterable[File], pile: _Pile, nesting: int = 0) -> list[File]:
    """The files, with what is in a zip in its place; archives that cannot be opened are refused."""
    found: list[File] = []
    for file in files:
        if not file.parts[-1].lower().endswith(_ZIP):
            found.append(file)
            continue
        name = printable("/".join(file.parts))
        try:
            if nesting >= MAX_NESTING:
                raise RefusedError("Archives within archives are not opened: hand in the file itself.")
            if pile.unpacked > MAX_UNPACKED:
                raise RefusedError("The archives hold too much to be opened: hand in the file itself.")
            data = file.read()
            pile.unpacked += len(data)
            archive = handed_in(data)
        except RefusedError as refusal:
            pile.refusals.append((name, str(refusal)))
            continue
        pile.notes.extend(f"{name}: {note}" for note in archive.notes)
        tree = archive.walk()
        pile.notes.extend(f"{name}: {note}" for note in map(printable, tree.notes))
        inner = [File((*file.parts, *each.parts), each.read) for each in tree.files]
        found.extend(_unpacked(inner, pile, nesting + 1))
    return found


def _choose_into(pile: _Pile, files: list[File], homework: _Wanted, place: str) -> None:
    chosen, note = _choose(files, homework)
    if note:
        pile.notes.append(note)
    pile.files.extend(chosen)
    pile.others.extend(
        file
        for file in files
        if file not in chosen
        and file.parts[-1].lower().endswith(_ACCEPTED)
        and not _of_the_kit(file.parts, homework)
    )
    if not chosen:
        pile.refusals.append(
            (printable(place), f"It holds no {homework.name}.py and no {homework.name}.ipynb.")
        )


def _stem(name: str) -> str:
    """A file's name as the student meant it: no suffix, no mark of a second download, one way to write it."""
    stem = _COPY.sub("", os.path.splitext(name)[0].casefold())
    return re.sub(r"[\s-]+", "_", stem)


def _of_the_kit(parts: Parts, homework: _Wanted) -> bool:
    name = parts[-1]
    given = name.casefold() in homework.data or _stem(name) == f"test_{homework.folded}"
    # the first part is whose it is, and may be called anything
    return given or _CHECKS in map(str.casefold, parts[1:-1]) or bool(_CHECK_MODULES.fullmatch(_stem(name)))


def _choose(files: list[File], homework: _Wanted) -> tuple[list[File], str | None]:
    """The files that may be the homework.

    Those with its name, and renamed copies that still contain it: beside the student's ``sgd_final.ipynb``
    often lies the kit's own ``sgd.ipynb``, untouched. Without any of them, all other code.
    """
    code = [
        file
        for file in files
        if (name := file.parts[-1]).lower().endswith(_ACCEPTED) and not _stem(name).startswith("test_")
        and not _of_the_kit(file.parts, homework)
    ]  # fmt: skip
    code.sort(key=lambda file: (len(file.parts), [part.casefold() for part in file.parts], file.parts))
    wanted = homework.folded
    exact = [file for file in code if os.path.splitext(file.parts[-1])[0].casefold() == wanted]
    chosen = exact + [file for file in code if wanted in _stem(file.parts[-1]) and file not in exact]
    chosen = chosen or code
    if exact or not chosen:
        return chosen, None
    names = ", ".join(printable("/".join(file.parts)) for file in chosen[:MAX_FILES])
    return chosen, f"No file is named {homework.name}.py or {homework.name}.ipynb; read instead: {names}."


def _submissions(student: str, pile: _Pile) -> tuple[Submission, ...]:
    """Read a student's files: the readable ones, or one submission with the reasons why there is none."""
    readable: list[Submission] = []
    places: list[tuple[Parts, Submission]] = []
    notes = list(pile.notes)
    refused: list[tuple[str, str]] = []
    for file in pile.files[:MAX_FILES]:
        source = printable("/".join(file.parts))
        try:
            submission = read(file.read(), source, student)
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
            places.append((file.parts, submission))
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
    beside = [*places, *_modules(pile.others[:MAX_MODULES])]
    return tuple(
        replace(submission, notes=(*notes, *submission.notes), modules=modules_beside(parts, beside))
        for parts, submission in places
    )


def _modules(files: Iterable[File]) -> Iterable[tuple[Parts, Submission]]:
    """The files that can be read; of others nobody needs to hear."""
    for file in files:
        try:
            module = read(file.read(), file.parts[-1], "")
        except RefusedError:
            continue
        if not module.problem:
            yield file.parts, module
