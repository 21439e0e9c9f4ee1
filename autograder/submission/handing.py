"""One student's hand-in, read: its files and archives become what is graded, or the reason why nothing is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from autograder.printable import printable
from autograder.submission import opening, tarball, zips
from autograder.submission.archive import shortened
from autograder.submission.choosing import (
    Piece,
    choose,
    functions_in,
    in_reading_order,
    is_called_code,
    is_work,
    joined,
    may_be_code,
    names_of,
)
from autograder.submission.modules import MAX_MODULES, modules_beside
from autograder.submission.opening import MAX_ARCHIVE, MAX_BYTES, File, Parts, RefusedError
from autograder.submission.reading import Submission, read
from autograder.submission.wanted import Wanted, stem

MAX_FILES = 8
# An archive of archives of submissions is opened, and no deeper.
MAX_NESTING = 2
MAX_UNPACKED = 2 * MAX_ARCHIVE
# Refused files, and other notes, that are told one by one.
MAX_TOLD = 10
_MAX_READ = 60
_MAX_TEXT = 4 * MAX_BYTES
_ZIP = ".zip"
_ONLY = "Only .py, .ipynb and .zip files are accepted"
_NO_CODE = f"{_ONLY}, or a folder that holds one."
_OTHER_ARCHIVES = {
    ".7z": "a 7-Zip archive",
    ".rar": "a RAR archive",
    ".tar.bz2": "a bzip2 archive",
    ".tar.xz": "an xz archive",
    ".zipx": "an archive of another kind",
}


@dataclass(frozen=True, slots=True)
class Handed:
    """A file as it was handed in: ``path`` is where the student put it.

    ``given_name`` says that the name of the file itself tells whose it is.
    """

    file: File
    path: Parts
    given_name: bool = False


@dataclass(frozen=True)
class HandIn:
    """What became of one hand-in.

    Parameters
    ----------
    submissions
        What is graded: at least one, whose ``problem`` says why there is no other.
    read
        The files that it was made of.
    unread
        Files that could not be used, each with the reason.
    """

    submissions: tuple[Submission, ...]
    read: frozenset[Parts] = frozenset()
    unread: Mapping[Parts, str] = field(default_factory=dict)


@dataclass
class _Pile:
    """What was found so far."""

    wanted: Wanted
    student: str
    refusals: list[tuple[Parts, str]] = field(default_factory=list)
    twins: dict[Parts, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    unpacked: int = 0  # bytes of archives
    text: int = 0


def read_hand_in(
    student: str, files: Sequence[Handed], wanted: Wanted, place: str = "", troubles: Iterable[str] = ()
) -> HandIn:
    """Read one hand-in.

    Parameters
    ----------
    student
        Fit to be printed.
    files
        All that was handed in at one time.
    wanted
        The homework.
    place
        What the hand-in is called where nothing in it could be used.
    troubles
        What was noticed before.
    """
    pile = _Pile(wanted, student, notes=list(troubles))
    loose = list(_unpacked(_bounded(files, pile), pile))
    pieces, others = _pieces(loose, pile)
    groups, by_name = choose(pieces, wanted)
    if not groups:
        unread = dict(pile.refusals)
        return HandIn((_nothing(pile, files, place),), unread=unread)
    chosen = [piece for group in groups for piece in group]
    together = [group for group in groups if len(group) > 1]
    only_one = len(files) == 1 and files[0].given_name
    if not by_name and not together and not only_one:
        names = names_of(chosen, MAX_FILES)
        pile.notes.append(f"No file is named {wanted.name}.py or {wanted.name}.ipynb; read instead: {names}.")
    if not any(piece.functions for piece in chosen):
        text = "\n".join(cell for piece in chosen for cell in piece.submission.cells)
        if another := wanted.another(text):
            pile.notes.insert(0, f"This is {another}, and nothing of {wanted.name}: hand in {wanted.name}.")
    pile.notes += [f"Read together: {names_of(group)}." for group in together]
    if len(groups) > MAX_FILES:
        found = sum(map(len, groups))
        pile.notes.append(f"{found} files were found; the first {MAX_FILES} were read.")
        groups = groups[:MAX_FILES]
    groups = list(_different(groups, pile))
    if len(groups) > 1:
        names = ", ".join(joined(group).source for group in groups)
        pile.notes.append(f"Several files were found: {names}. Each is graded, and the best counts.")
    pile.notes += _told([(_shown(parts), reason) for parts, reason in pile.refusals])
    beside = [(piece.parts, piece.submission) for piece in (*pieces, *others)]
    notes = _shortened(pile.notes)
    return HandIn(
        tuple(_submission(group, notes, beside) for group in groups),
        frozenset(piece.parts for group in groups for piece in group),
        {**pile.twins, **dict(pile.refusals)},
    )


def _shown(parts: Parts) -> str:
    return printable("/".join(parts))


def _told(refusals: Sequence[tuple[str, str]]) -> list[str]:
    """The first refusals, and how many more there are."""
    more = len(refusals) - MAX_TOLD
    told = [f"{name}: {reason}" for name, reason in refusals[:MAX_TOLD]]
    return [*told, f"{more:,} more files were not read."] if more > 0 else told


def _shortened(notes: Sequence[str]) -> list[str]:
    """The notes, each once, and not more than anybody reads."""
    kept = list(dict.fromkeys(notes))
    more = len(kept) - 2 * MAX_TOLD
    return [*kept[: 2 * MAX_TOLD], f"{more:,} more notes are left out."] if more > 0 else kept


def _submission(
    group: Sequence[Piece], notes: Sequence[str], beside: Sequence[tuple[Parts, Submission]]
) -> Submission:
    whole = joined(group)
    own = {piece.parts for piece in group} if len(group) == 1 else set()
    modules = modules_beside(group[0].parts, [each for each in beside if each[0] not in own])
    return replace(whole, notes=(*notes, *whole.notes), modules=modules)


def _nothing(pile: _Pile, files: Sequence[Handed], place: str) -> Submission:
    """Why there is nothing to be graded: the first reason, and the others as notes."""
    refusals = [(_shown(parts), reason) for parts, reason in pile.refusals]
    if pile.refusals and "/" in (name := pile.refusals[0][0][-1]).replace("\\", "/"):  # an entry's whole name
        archive, reason = pile.refusals[0][0][:-1], pile.refusals[0][1]
        refusals[0] = (_shown(archive), f"{printable(name)}: {reason}")
    if not refusals or not all(each.given_name for each in files):
        none = f"It holds no {pile.wanted.name}.py and no {pile.wanted.name}.ipynb."
        refusals.append((place or pile.student, none))
    (source, problem), *others = refusals
    notes = (*_shortened(pile.notes), *_told(others))
    return Submission(pile.student, (), source, notes, problem)


def _bounded(files: Sequence[Handed], pile: _Pile) -> list[Handed]:
    """The files that are not too deep, and not too many: shallow ones first."""
    kept = sorted(
        (each for each in files if len(each.path) <= opening.MAX_DEPTH + 1), key=lambda each: len(each.path)
    )
    if len(kept) > opening.MAX_ENTRIES:
        pile.notes.append(
            f"The folder holds more than {opening.MAX_ENTRIES:,} files; not all were looked at."
        )
    elif len(kept) < len(files) and opening.TOO_DEEP not in pile.notes:
        pile.notes.append(opening.TOO_DEEP)
    return kept[: opening.MAX_ENTRIES]


def _unpacked(files: Iterable[Handed], pile: _Pile, nesting: int = 0) -> Iterator[Handed]:
    """The files, with what is in an archive in its place; those that cannot be opened are refused."""
    for each in files:
        name = each.path[-1].lower()
        parts = each.file.parts
        if each.file.kind == "folder":
            try:
                each.file.read()
            except RefusedError as refusal:
                if each.path[-1:] == ("",) and str(refusal) != opening.EMPTY:
                    pile.refusals.append((parts[:-1], str(refusal)))
        elif what := next((what for end, what in _OTHER_ARCHIVES.items() if name.endswith(end)), None):
            pile.refusals.append((parts, f"{_ONLY}: this is {what}. Unpack it and hand in a zip."))
        elif not name.endswith((_ZIP, *tarball.SUFFIXES)) or each.file.kind != "file":
            yield each
        else:
            try:
                tree = _opened(each, pile, nesting)
            except RefusedError as refusal:
                pile.refusals.append((parts, str(refusal)))
                continue
            pile.notes += [f"{_shown(parts)}: {note}" for note in map(printable, tree.notes)]
            inner = [
                Handed(
                    File((*each.file.parts, *file.parts), file.read, file.kind),
                    (*(() if each.given_name else each.path), *file.parts),
                )
                for file in tree.files
            ]
            yield from _unpacked(inner, pile, nesting + 1)


def _opened(each: Handed, pile: _Pile, nesting: int) -> opening.Tree:
    if nesting >= MAX_NESTING:
        raise RefusedError("Archives within archives are not opened: hand in the file itself.")
    if pile.unpacked > MAX_UNPACKED:
        raise RefusedError("The archives hold too much to be opened: hand in the file itself.")
    data = each.file.read(limit=MAX_ARCHIVE)
    pile.unpacked += len(data)
    is_zip = each.path[-1].lower().endswith(_ZIP)
    opened = zips.handed_in(data) if is_zip else tarball.handed_in(data)
    tree = opened.walk()
    code = [(name, reason) for name, reason in opened.refused if _is_visible_code(name)][:MAX_TOLD]
    pile.refusals += [((*each.file.parts, name), reason) for name, reason in code]
    others = [refused for refused in opened.refused if refused not in code]
    return opening.Tree(tree.files, (*shortened(others), *tree.notes))


def _is_visible_code(name: str) -> bool:
    """Whether an entry that is not read would have been code, by its name in the archive."""
    parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    return bool(parts) and is_called_code(parts[-1]) and opening.hidden_from(tuple(parts)) is None


def _pieces(files: Sequence[Handed], pile: _Pile) -> tuple[list[Piece], list[Piece]]:
    """What could be read and may be the homework, and the other code that could be read."""
    by_path: dict[Parts, list[Handed]] = {}
    strange: list[tuple[Parts, str]] = []
    for each in files:
        if _is_code(each, pile.wanted):
            by_path.setdefault(each.path, []).append(each)
        elif each.given_name and each.path[-1] and not pile.wanted.hands_out(each.path):
            reason = opening.NOT_READ.get(each.file.kind, _NO_CODE)
            strange.append((each.file.parts, reason))
    ordered = [each for path in in_reading_order(by_path, pile.wanted) for each in by_path[path]]
    pieces: list[Piece] = []
    others: list[Piece] = []
    for count, each in enumerate(ordered):
        if count >= _MAX_READ or pile.text > _MAX_TEXT:
            if is_called_code(each.path[-1]):
                pile.notes.append(f"{len(ordered)} files were found; the first {count} were read.")
            break
        is_test = stem(each.path[-1]).startswith("test_") and not each.given_name
        piece = _piece(each, pile, quietly=is_test)
        if piece is not None:
            (others if is_test else pieces).append(piece)
    pile.refusals += strange
    tops = {path: k for k, path in enumerate(dict.fromkeys(p.parts[0] for p in _by_top(pieces)))}
    pieces.sort(key=lambda piece: tops[piece.parts[0]])
    return pieces, others[:MAX_MODULES]


def _by_top(pieces: Sequence[Piece]) -> list[Piece]:
    return sorted(pieces, key=lambda piece: (piece.parts[0].casefold(), piece.parts[0]))


def _is_code(each: Handed, wanted: Wanted) -> bool:
    name = each.path[-1]
    return bool(name) and may_be_code(name) and not wanted.hands_out(each.path)


def _piece(each: Handed, pile: _Pile, quietly: bool) -> Piece | None:
    """A file, read; None where it cannot be, or is no code."""
    name = each.path[-1]
    parts, source = each.file.parts, _shown(each.file.parts)
    sure = is_called_code(name)
    try:
        if each.file.kind != "file" and not sure and each.given_name:
            raise RefusedError(opening.NOT_READ.get(each.file.kind, _ONLY))
        data = each.file.read()
    except RefusedError as refusal:
        if (sure or each.given_name) and not quietly:
            pile.refusals.append((parts, str(refusal)))
        return None
    pile.text += len(data)
    suffixed = name.lower().endswith((".py", ".ipynb"))
    as_if = source if suffixed else source + (".ipynb" if data.lstrip()[:1] == b"{" else ".py")
    submission = replace(read(data, as_if, pile.student), source=source)
    piece = Piece(each.file.parts, each.path, submission, functions_in(submission, pile.wanted))
    if submission.problem is not None:
        if sure and not quietly:
            pile.refusals.append((parts, submission.problem))
        elif each.given_name:
            pile.refusals.append((parts, _NO_CODE))
        return None
    if not sure and not is_work(piece, pile.wanted):
        if each.given_name:
            pile.refusals.append((parts, _NO_CODE))
        return None
    return piece


def _different(groups: Iterable[list[Piece]], pile: _Pile) -> Iterator[list[Piece]]:
    """The groups without those that hold the same code as another."""
    seen: dict[tuple[str, ...], str] = {}
    for group in groups:
        whole = joined(group)
        if twin := seen.get(whole.cells):
            pile.notes.append(f"{whole.source} holds the same code as {twin}.")
            pile.twins |= {piece.parts: f"It holds the same code as {twin}." for piece in group}
        else:
            seen[whole.cells] = whole.source
            yield group
