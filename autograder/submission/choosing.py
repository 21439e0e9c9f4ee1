"""Which of a student's files is the homework: what was worked on, whatever it is called."""

from __future__ import annotations

import os.path
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from autograder.printable import listed
from autograder.submission.opening import Parts
from autograder.submission.reading import Submission
from autograder.submission.wanted import Wanted, defined, digest, stem

ACCEPTED = (".py", ".ipynb")
# of "Copy of a.ipynb (1)" and "a.py.txt", in any language
_CODE_INSIDE = re.compile(r"\.(?:py|ipynb)(?![a-z0-9])")
_MAYBE = ("", ".txt", ".json")
_RUNS = re.compile(r"^(?:(?:from|import|def|class)\s+\w|%\w|@\w)", re.MULTILINE)


@dataclass(frozen=True)
class Piece:
    """A file that could be read.

    Parameters
    ----------
    parts, path
        Where it lies in the download, and where its student put it.
    submission
        What is in it.
    functions
        Digests of the homework's functions that it defines.
    """

    parts: Parts
    path: Parts
    submission: Submission
    functions: Mapping[str, str] = field(default_factory=dict)


def may_be_code(name: str) -> bool:
    """Whether a file of this name is opened to see if it is code."""
    name = name.casefold()
    return name.endswith(ACCEPTED) or bool(_CODE_INSIDE.search(name)) or os.path.splitext(name)[1] in _MAYBE


def is_called_code(name: str) -> bool:
    """Whether a file of this name says that it is Python or a notebook."""
    name = name.casefold()
    return name.endswith(ACCEPTED) or bool(_CODE_INSIDE.search(name))


def is_work(piece: Piece, wanted: Wanted) -> bool:
    """Whether a file with another suffix, or none, holds the homework all the same.

    Parameters
    ----------
    piece
        A file whose name does not say that it is code.
    wanted
        The homework that is looked for.
    """
    if piece.functions:
        return True
    is_named = wanted.folded in stem(piece.path[-1])
    return is_named and any(_RUNS.search(cell) for cell in piece.submission.cells)


def functions_in(submission: Submission, wanted: Wanted) -> dict[str, str]:
    """The homework's functions that are defined at the top of the code, as digests.

    Parameters
    ----------
    submission
        What was read of one file.
    wanted
        The homework that is looked for; nothing is found where its functions are not known.

    Returns
    -------
    dict
        By name, see `autograder.submission.wanted.digest`; of two definitions the last.
    """
    if not wanted.functions:
        return {}
    text = "\n".join(submission.cells)
    return {name: digest(lines) for name, lines in defined(text) if name in wanted.functions}


def in_reading_order(paths: Iterable[Parts], wanted: Wanted) -> list[Parts]:
    """What is most likely the homework first: its name, names that hold it, then what lies near the top.

    Parameters
    ----------
    paths
        Of the files of one hand-in, in any order.
    wanted
        The homework that is looked for.
    """

    def rank(path: Parts) -> tuple[object, ...]:
        folded = [part.casefold() for part in path]
        return not is_called_code(path[-1]), _rank(path[-1], wanted), len(path), folded, path

    return sorted(paths, key=rank)


def _rank(name: str, wanted: Wanted) -> int:
    if os.path.splitext(name)[0].casefold() == wanted.folded:
        return 0
    return 1 if wanted.folded in stem(name) else 2


def choose(pieces: Sequence[Piece], wanted: Wanted) -> tuple[list[list[Piece]], bool]:
    """What is graded: files that belong together in a list each; and whether they were found by their names.

    A file that is as it was handed out is chosen only where there is no other. Files that define different
    functions of the homework belong together.

    Parameters
    ----------
    pieces
        All of one hand-in that could be read, in reading order.
    wanted
        The homework that is looked for.
    """
    worked = {piece.parts: _worked(piece, wanted) for piece in pieces}
    touched = [piece for piece in pieces if worked[piece.parts]]
    idle = [piece for piece in pieces if not piece.functions]
    if not touched:
        as_given = [piece for piece in pieces if piece.functions]
        named, by_name = _by_name(idle, wanted)
        if as_given:
            return [[piece] for piece in (*as_given, *named)], True
        return [[piece] for piece in named], by_name
    named = [piece for piece in (*touched, *idle) if _is_named(piece, wanted)]
    known = {name for piece in named for name in worked[piece.parts]}
    chosen = named + [
        piece for piece in touched if piece not in named and not worked[piece.parts].keys() <= known
    ]
    chosen = [piece for piece in pieces if piece in chosen]
    return _together(chosen, worked), any(_is_named(piece, wanted, exactly=True) for piece in chosen)


def _worked(piece: Piece, wanted: Wanted) -> dict[str, str]:
    return {name: made for name, made in piece.functions.items() if made not in wanted.released}


def _is_named(piece: Piece, wanted: Wanted, exactly: bool = False) -> bool:
    return _rank(piece.path[-1], wanted) <= (0 if exactly else 1)


def _by_name(pieces: Sequence[Piece], wanted: Wanted) -> tuple[list[Piece], bool]:
    exact = [piece for piece in pieces if _is_named(piece, wanted, exactly=True)]
    named = [piece for piece in pieces if _is_named(piece, wanted)]
    return named or list(pieces), bool(exact)


def _together(pieces: Sequence[Piece], worked: Mapping[Parts, Mapping[str, str]]) -> list[list[Piece]]:
    """The pieces in groups: who adds a function and contradicts nothing that is there joins the first."""
    groups: list[list[Piece]] = []
    known: list[dict[str, str]] = []
    for piece in sorted(pieces, key=lambda piece: -len(worked[piece.parts])):
        own = worked[piece.parts]
        fits = [
            k
            for k, others in enumerate(known)
            if own
            and others
            and own.keys() - others
            and all(others.get(n, made) == made for n, made in own.items())
        ]
        if fits:
            groups[fits[0]].append(piece)
            known[fits[0]].update(own)
        else:
            groups.append([piece])
            known.append(dict(own))
    order = {piece.parts: k for k, piece in enumerate(pieces)}
    groups = [sorted(group, key=lambda piece: _natural(piece.path)) for group in groups]
    return sorted(groups, key=lambda group: min(order[piece.parts] for piece in group))


def _natural(path: Parts) -> list[tuple[int, str]]:
    """``part10`` after ``part9``."""
    words = re.split(r"(\d+)", "/".join(path).casefold())
    return [(int(word[:30]), "") if word.isdecimal() and word.isascii() else (-1, word) for word in words]


def names_of(group: Sequence[Piece], most: int = 20) -> str:
    """The files of a group, for people.

    Parameters
    ----------
    group
        Files that are read together.
    most
        So many are named, and the others counted.
    """
    return listed([piece.submission.source for piece in group], most)


def joined(group: Sequence[Piece]) -> Submission:
    """The files of one group as one submission."""
    first, *others = [piece.submission for piece in group]
    source = first.source if not others else names_of(group, 3)
    for other in others:
        before = len(first.cells)
        first = replace(
            first,
            cells=(*first.cells, *other.cells),
            notes=(*first.notes, *other.notes),
            prose=(*first.prose, *((before + k, text) for k, text in other.prose)),
        )
    return replace(first, source=source)
