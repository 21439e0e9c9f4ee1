"""The files of views: what was written, and whether it is still there as it was written."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from autograder import answers

REPORTS, FEEDBACK, GRADES, INDEX = "reports", "feedback", "grades.csv", "index.html"
OF_ALL = (GRADES, INDEX)
# Where a homework has answers in words.
ANSWERS = answers.NAME
NAMES = (REPORTS, FEEDBACK, *OF_ALL, ANSWERS)
SUFFIXES = {REPORTS: ".json", FEEDBACK: ".html"}


class Kept(msgspec.Struct, frozen=True, array_like=True):
    """By which a file is known again; of a copy size and digest are the same."""

    size: int
    time: int
    digest: str


_Files = dict[str, Kept]


def write(path: Path, data: bytes) -> Kept:
    """Write a new file.

    Parameters
    ----------
    path
        Where nothing lies yet.
    data
        All that it is to hold.

    Returns
    -------
    Kept
        By which the file is known again.
    """
    with open(path, "xb") as file:
        file.write(data)
        file.flush()
        return Kept(len(data), os.fstat(file.fileno()).st_mtime_ns, hashlib.sha256(data).hexdigest())


def packed(files: _Files) -> str:
    """The files of somebody's view, by folder, as the ledger keeps them."""
    return msgspec.json.encode(files).decode()


def unpacked(text: str) -> _Files:
    """The same again; nothing where it cannot be read, so that the view is made anew."""
    try:
        files = msgspec.json.decode(text, type=_Files)
    except (msgspec.DecodeError, UnicodeError):
        return {}
    return files if files.keys() <= SUFFIXES.keys() else {}


def is_as_written(path: Path, kept: Kept | None) -> bool:
    """Whether a file is what was written, or a copy of that.

    Parameters
    ----------
    path
        Of the file; a link counts as changed.
    kept
        What `write` gave; None where nothing was written, and then it is false.
    """
    try:
        found = os.lstat(path)
        return (
            kept is not None
            and stat.S_ISREG(found.st_mode)
            and found.st_size == kept.size
            and (found.st_mtime_ns == kept.time or digest_of(path) == kept.digest)
        )
    except OSError:
        return False


def are_there(slug: str, files: _Files, place: Path) -> bool:
    """Whether all files of somebody's view are in a place as they were written.

    Parameters
    ----------
    slug
        The name of the person's files.
    files
        By folder, as `unpacked` gives them.
    place
        The folder that `REPORTS` and `FEEDBACK` lie in.
    """
    return all(is_as_written(place / folder / name_in(folder, slug), kept) for folder, kept in files.items())


def copy(slug: str, files: _Files, old: Path, new: Path) -> bool:
    """Copy somebody's view; false where it is not there as it was written any more.

    They are copies and no links: whoever changes a page that is moved aside must not change what is shown.

    Parameters
    ----------
    slug
        The name of the person's files.
    files
        By folder, as `unpacked` gives them.
    old, new
        The folders that `REPORTS` and `FEEDBACK` lie in: from where, and to where.
    """
    done: list[Path] = []
    for folder, kept in files.items():
        name = name_in(folder, slug)
        source, target = old / folder / name, new / folder / name
        data = source.read_bytes() if is_as_written(source, kept) else b""
        if len(data) != kept.size:
            for each in done:
                each.unlink()
            return False
        with open(target, "xb") as file:
            file.write(data)
        os.utime(target, ns=(kept.time, kept.time))
        done.append(target)
    return True


def remove(slug: str, place: Path) -> None:
    """Remove somebody's view, as far as there is any.

    Parameters
    ----------
    slug
        The name of the person's files.
    place
        The folder that `REPORTS` and `FEEDBACK` lie in.
    """
    for folder in SUFFIXES:
        (place / folder / name_in(folder, slug)).unlink(missing_ok=True)


def name_in(folder: str, slug: str) -> str:
    """What somebody's file in a folder is called.

    Parameters
    ----------
    folder
        `REPORTS` or `FEEDBACK`.
    slug
        The name of the person's files.
    """
    return f"{slug}{SUFFIXES[folder]}"


def files_in(place: Path) -> Iterator[tuple[str, Path, os.stat_result]]:
    """Everything among some views, by its path there; a folder that is no folder stands for itself."""
    with os.scandir(place) as entries:
        for entry in entries:
            found = os.lstat(entry.path)
            if entry.name in SUFFIXES and stat.S_ISDIR(found.st_mode):
                with os.scandir(entry.path) as below:
                    for each in below:
                        yield f"{entry.name}/{each.name}", Path(each.path), os.lstat(each.path)
            else:
                yield entry.name, Path(entry.path), found


def prints(files: Iterable[tuple[str, Kept]]) -> tuple[str, str]:
    """What tells whether files were changed, in any order: by sizes and times, and by contents."""
    times = digests = 0
    for path, kept in files:
        times += _number(f"{path}\0{kept.size}\0{kept.time}")
        digests += _number(f"{path}\0{kept.digest}")
    return f"{times % _MOST:064x}", f"{digests % _MOST:064x}"


def are_unchanged(place: Path, times: str, digests: str) -> bool:
    """Whether the views in a place are those that had these prints.

    Parameters
    ----------
    place
        The folder with the views.
    times, digests
        As `prints` gave them when the views were there.
    """
    try:
        found = list(files_in(place))
        if any(not stat.S_ISREG(each.st_mode) for _, _, each in found):
            return False
        kept = [(path, Kept(each.st_size, each.st_mtime_ns, "")) for path, _, each in found]
        if prints(kept)[0] == times:
            return True
        copies = [(path, Kept(each.st_size, 0, digest_of(file))) for path, file, each in found]
        return prints(copies)[1] == digests
    except OSError:
        return False


_MOST = 1 << 256


def _number(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode("utf-8", "surrogateescape")).digest())


def digest_of(path: Path) -> str:
    """A SHA-256 of a file."""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def digest_of_all(place: Path) -> str:
    """A digest of the files that show the whole class; empty where one is not there."""
    files = [place / name for name in OF_ALL]
    files += [place / ANSWERS] if os.path.lexists(place / ANSWERS) else []
    if not all(each.is_file() and not each.is_symlink() for each in files):
        return ""
    return hashlib.sha256("".join(map(digest_of, files)).encode()).hexdigest()
