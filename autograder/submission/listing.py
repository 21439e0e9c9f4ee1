"""All that lies in a download, before anyone asks whose it is: paths, and what was left out of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from autograder.submission import opening
from autograder.submission.archive import Archive
from autograder.submission.errors import AskedError
from autograder.submission.opening import File, Folder, Parts, RefusedError, is_skipped, nothing_in
from autograder.submission.wanted import Wanted

# Where so few folders lie beside each other, they may hold the class, and are not a student's each.
_FEW = 3
_LEVELS = 4
_TABLES = (".csv", ".tsv", ".xls", ".xlsx", ".ods")
_NOBODYS = {
    "thumbs.db", "desktop.ini", "readme.md", "readme.txt", "index.html", "submission_metadata.yml",
}  # fmt: skip
# What people and programs call a folder around a class. A student is called otherwise, and cannot choose it.
_AROUND = re.compile(
    r"(?:hw|homeworks?|assignments?|assign|labs?|exercises?|ex|sheet|week|projects?|problems?|set|pset|ps|tasks?"
    r"|quiz|submissions?|submitted|abgaben?|export|downloads?|bulk|class|course|section|batch|multi|feedback"
    r"|ungraded|students|all|inbound|repos?|repositor(?:y|ies)|attachments?|handins?|home|uebung|übung|rendus?|devoirs?|entregas?|tareas?)\d*|(?:19|20)\d\d"
)
# The library in which Teams keeps what a class hands in.
_LIBRARY = ["student", "work"]
# Folders of a class's parts, in each of which students lie; a group may be one hand-in, and is none of them.
_PART = re.compile(
    r"(?:sections?|sec|sektion|sección|tutorials?|tut|tutor|tutorium|seminar|recitation|period|classe?|klasse"
    r"|(?:lab|discussion)[ _-]?section|übung(?:sgruppe)?|uebung(?:sgruppe)?)"
    r"[ _.-]*(?:\d{1,4}|[a-z])?(?:[ _-].*)?"
)
_ENDING = re.compile(r"(?<=.)(?:\.tar)?\.[^.\s]{1,10}\Z", re.IGNORECASE)
# In place of a folder's name: all folders there are.
EACH = "*"


@dataclass(frozen=True)
class Listing:
    """The files of a download below a folder of it.

    Parameters
    ----------
    files
        All of them; a folder without files is one whose name is empty.
    around
        The folders that the class lies in.
    wanted
        The homework that is looked for.
    troubles
        Places that could not be looked at whole, each with a sentence.
    asked
        Whether somebody named the layout: then its names need not be as they usually are.
    lenient
        Whether a few names may be others, which are left aside.
    hidden
        Reads a small file whose name begins with a full stop, by its path in the whole download; None where
        it cannot.
    """

    files: tuple[File, ...]
    wanted: Wanted
    around: Parts = ()
    troubles: tuple[tuple[Parts, str], ...] = ()
    asked: bool = False
    lenient: bool = False
    hidden: Callable[[Parts], bytes | None] = field(default=lambda parts: None, compare=False)

    def path(self, file: File) -> Parts:
        """Where a file lies below `around`; of one name in two sections each is followed by its own."""
        size = len(self.around)
        path = file.parts[size:]
        if path[0] not in self._in_several or self.is_company(path):
            return path
        ending = m[0] if len(path) == 1 and (m := _ENDING.search(path[0])) else ""
        name = path[0].removesuffix(ending)
        return (f"{name} ({file.parts[size - 1]}){ending}", *path[1:])

    @cached_property
    def _in_several(self) -> set[str]:
        """The names that lie in more than one section."""
        if self.around[-1:] != (EACH,):
            return set()
        size = len(self.around)
        where: dict[str, set[Parts]] = {}
        for file in self.files:
            where.setdefault(file.parts[size], set()).add(file.parts[:size])
        return {name for name, places in where.items() if len(places) > 1}

    def at(self, *path: str) -> File | None:
        """The file of a path, if there is one."""
        return self._by_path.get(path)

    @cached_property
    def _by_path(self) -> dict[Parts, File]:
        return {self.path(file): file for file in self.files}

    @cached_property
    def tops(self) -> dict[str, bool]:
        """The names at the top, and whether each is a folder."""
        return {path[0]: len(path) > 1 for path in map(self.path, self.files)}

    def inside(self, name: str) -> Listing:
        """The listing of one of its folders, or of `EACH` of them."""
        around = (*self.around, name)
        size = len(around)
        files = tuple(
            f for f in self.files if len(f.parts) > size and (name == EACH or f.parts[:size] == around)
        )
        return replace(self, files=files, around=around)

    def sections(self) -> dict[str, Listing]:
        """Of the listing of `EACH` folder, that of each alone, by its name."""
        size = len(self.around)
        files: dict[Parts, list[File]] = {}
        for file in self.files:
            files.setdefault(file.parts[:size], []).append(file)
        return {around[-1]: replace(self, files=tuple(some), around=around) for around, some in files.items()}

    def is_company(self, path: Parts) -> bool:
        """Whether a file at the top is nobody's: a table of marks, a list, a part of the kit."""
        name = path[-1].casefold()
        return len(path) == 1 and (name.endswith(_TABLES) or name in _NOBODYS or self.wanted.hands_out(path))

    def only_folder(self) -> str | None:
        """The one folder at the top, where nothing else lies there but company."""
        folders = [name for name, is_folder in self.tops.items() if is_folder]
        others = [name for name, is_folder in self.tops.items() if not is_folder]
        alone = len(folders) == 1 and all(self.is_company((name,)) for name in others)
        return folders[0] if alone else None

    def wrapping(self, download: Path) -> str | None:
        """The one folder at the top, where its name says that it is no student's.

        A student may put anything into a folder, so what is in it says nothing, but for the homework itself.
        """
        name = self.only_folder()
        if name is None or self._holds_the_homework(name):
            return None
        stem = download.stem.removesuffix(".tar")
        own = (stem, re.sub(r"\s*\(\d+\)$", "", stem))
        return name if self.is_around(name) or name in own else None

    def is_around(self, name: str) -> bool:
        """Whether a name says that it is no student's: the homework's, or a word such as ``submissions``."""
        plain = _words(name)
        return any(map(_AROUND.fullmatch, plain)) or plain in (_words(self.wanted.name), _LIBRARY)

    def has_sections(self) -> bool:
        """Whether the folders at the top are parts of a class by their names, and none is a hand-in."""
        folders = [name for name, is_folder in self.tops.items() if is_folder]
        others = [name for name, is_folder in self.tops.items() if not is_folder]
        return (
            len(folders) > 1
            and all(_PART.fullmatch(name.casefold()) for name in folders)
            and all(self.is_company((name,)) for name in others)
            and not any(map(self._holds_the_homework, folders))
        )

    def _holds_the_homework(self, folder: str) -> bool:
        own = (f"{self.wanted.folded}.py", f"{self.wanted.folded}.ipynb")
        return any(
            len(path) == 2 and path[0] == folder and path[1].casefold() in own
            for path in map(self.path, self.files)
        )


def _words(name: str) -> list[str]:
    return re.sub(r"[\W_]+", " ", name.casefold()).split()


def listing(store: Folder | Archive, wanted: Wanted) -> Listing:
    """All files of a folder or an archive; hidden ones and those of other programs are left out.

    Parameters
    ----------
    store
        The opened download.
    wanted
        The homework that is looked for.

    Raises
    ------
    RefusedError
        When the folder itself cannot be read.
    """
    troubles: list[tuple[Parts, str]] = []
    files = store.survey() if isinstance(store, Archive) else _survey(store, (), troubles)

    def hidden(parts: Parts) -> bytes | None:
        try:
            return store.hidden(parts)
        except RefusedError:
            return None

    told = store.troubles if isinstance(store, Archive) else troubles
    return Listing(tuple(files), wanted, troubles=tuple(told), hidden=hidden)


def _survey(store: Folder, top: Parts, troubles: list[tuple[Parts, str]]) -> list[File]:
    found = store.entries(top)
    if len(found) >= opening.MAX_STUDENTS:
        troubles.append((top, f"More than {opening.MAX_STUDENTS:,} names are there; not all were looked at."))
    files = [File((*top, e.name), e.read, e.kind) for e in found if e.kind != "folder"]
    folders = [(*top, e.name) for e in found if e.kind == "folder" and not is_skipped(e.name)]
    deeper = len(top) < _LEVELS and len(folders) <= _FEW
    for folder in folders:
        try:
            if deeper:
                files += _survey(store, folder, troubles)
            else:
                tree = store.walk(folder)
                troubles += [(folder, note) for note in tree.notes]
                files += tree.files or [nothing_in(folder)]
        except RefusedError as refusal:
            files.append(nothing_in(folder, str(refusal)))
    return files or ([nothing_in(top)] if top else [])


def below(whole: Listing, path: Parts) -> Listing:
    """The listing of a folder that someone named.

    Parameters
    ----------
    whole
        The listing of a download.
    path
        Names of folders, each in the one before; `EACH` stands for all there are.

    Raises
    ------
    AskedError
        When there is no such folder.
    """
    for name in path:
        if name != EACH and not whole.tops.get(name):
            folders = ", ".join(sorted(n for n, is_folder in whole.tops.items() if is_folder)[:5]) or "none"
            raise AskedError(f"There is no folder {name!r} in it: --inside takes one of {folders}.")
        whole = whole.inside(name)
    return whole


def unwrapped(whole: Listing, download: Path) -> Iterator[Listing]:
    """The listing, that of the folder it is wrapped in, if it is, and so on; last that of its sections.

    Parameters
    ----------
    whole
        The listing of a download.
    download
        Where it lies: a folder in it may bear its name.
    """
    yield whole
    while (name := whole.wrapping(download)) is not None:
        whole = whole.inside(name)
        yield whole
    if whole.has_sections():
        yield whole.inside(EACH)
