"""What was taken for one student's hand-in, and may be a class: asked of its names, and of the code in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from autograder.submission import layouts, tarball, zips
from autograder.submission.choosing import functions_in, is_called_code
from autograder.submission.errors import SubmissionError
from autograder.submission.handing import Handed
from autograder.submission.listing import Listing
from autograder.submission.opening import MAX_ARCHIVE, File, Parts, RefusedError
from autograder.submission.reading import read
from autograder.submission.students import Student
from autograder.submission.wanted import Wanted

# As deep as listings are looked into, and so many folders of them.
_LEVELS = 4
_FOLDERS = 40
_ARCHIVES = 3
# So many files that are the whole work each are a class's rather than one student's.
_FILES = 3
_MAX_READ = 12
_MAX_FILES = 2000
_IN_EACH = 4
# Folders beside each other hold two people each, or more, where so many of them do, and so large a part; a
# lone folder may be one.
_PAIRS = 2
_MOST = 2 / 3
# What people call another try or another part of their own work.
_OWN = re.compile(
    r"\d+|[a-z]|v\d*|ver\w*|final\w*|old|new\w*|copy\w*|kopie|copie|copia|of|draft\w*|tr(?:y|ies)\w*|attempt\w*"
    r"|backup|bak|orig\w*|first|second|third|last|latest|best|better|fast\w*|slow\w*|fixed|fix|working|wip|done"
    r"|hw\d*|ps\d*|homework\w*|assign\w*|exercise\w*|ex\d*|task\w*|problem\w*|question\w*|q\d+|sheet\w*|lab\w*"
    r"|part\w*|section\w*|solution\w*|sol|answer\w*|submission\w*|submit\w*|work|main|code|script|notebook|test\w*"
    r"|my|untitled|helper\w*|util\w*|model\w*|alt\w*|other|one|two|three|four|five|a|b|c|tmp|temp|debug\w*"
    r"|broken|wrong|right|good|bad|simple|loop\w*|vector\w*|numpy|np|numeric\w*|analytic\w*|version\w*"
)


@dataclass(frozen=True)
class Doubt:
    """A class that may lie inside a hand-in.

    Parameters
    ----------
    people
        Of how many.
    looks
        What it looks like.
    folder
        Where it lies in the download.
    archive
        The archive that it lies in, if it lies in one.
    """

    people: int
    looks: str
    folder: Parts = ()
    archive: str = ""


def class_inside(student: Student, wanted: Wanted, archives: bool) -> Doubt | None:
    """The largest class that may lie inside what was taken for one student's hand-in.

    Folders are looked into to some depth, and so are a few zips, if ``archives`` says so.

    Parameters
    ----------
    student
        Whose hand-in is looked into; of several times the last.
    wanted
        The homework that is looked for.
    archives
        Whether to open zips and tar archives; of more than a few none is opened.
    """
    doubts = [
        doubt
        for place, zipped in _insides(student, wanted, archives)
        if (doubt := _by_platform(place, zipped) or _by_code(place, zipped, archives)) is not None
    ]
    return max(doubts, key=lambda doubt: doubt.people, default=None)


def several_in_each(students: Sequence[Student], wanted: Wanted) -> tuple[Student, Doubt] | None:
    """One of the folders that seem to hold several people each, by the names of what lies in them.

    A name that lies in many of them is nobody's, and a folder that is called like a part of it is a person's.

    Parameters
    ----------
    students
        A sample of whoever was recognised by the names of files and folders.
    wanted
        The homework that is looked for.
    """
    parts = [some for each in students if (some := _parts(each, wanted))]
    where = Counter(left for each in parts for left in set(each.names.values()))
    often = {left for left, times in where.items() if times > max(1, len(parts) // 2)}
    enough = max(min(_PAIRS, len(students)), _MOST * len(parts))
    several = [each for each in parts if each.is_of_several(often)]
    if len(several) < enough:  # nothing is read for them
        return None
    several = [each for each in several if each.has_a_whole_work_each(often, wanted)]
    if len(several) < enough:
        return None
    most = max(several, key=lambda each: len(each.people(often)))
    count = len(most.people(often))
    what = "files" if most.are_files(often) else "folders"
    looks = f"{count} {what} of the whole work under different names"
    return most.student, Doubt(count, looks, most.around)


@dataclass(frozen=True)
class _Parts:
    """What lies at the top of a folder: files of code, archives and folders that hold one, by their names.

    ``names`` has of each what remains of its name where that may be a person's.
    """

    student: Student
    around: Parts
    files: dict[str, list[Handed]]
    names: dict[str, str]

    def people(self, often: Collection[str]) -> set[str]:
        """The names that may be people's, without those that lie in many folders."""
        return set(self.names.values()) - set(often)

    def is_of_several(self, often: Collection[str]) -> bool:
        """Whether the names are several people's, and the folder is not called like one of them."""
        people, own = self.people(often), set(_words(self.student.owner.key))
        called = [not own.isdisjoint(name.split()) for name in people]
        return len(people) > 1 and all(called) is any(called)

    def has_a_whole_work_each(self, often: Collection[str], wanted: Wanted) -> bool:
        """Whether most of what is defined there is defined under two names, and not in one way."""
        people = self.people(often)
        made: dict[str, dict[str, str]] = {}
        for name, left in list(self.names.items())[:_MAX_READ]:
            if left in people:
                for each in self.files[name][:_IN_EACH]:
                    made.setdefault(left, {}).update(_worked_on(each.file, wanted))
        who = Counter(function for functions in made.values() for function in functions)
        twice = {function for function, times in who.items() if times > 1}
        ways = {tuple(sorted(functions.items())) for functions in made.values() if functions}
        return len(ways) > 1 and 2 * len(twice) > len(who)

    def are_files(self, often: Collection[str]) -> bool:
        """Whether one of them at least is no folder."""
        people = self.people(often)
        return any(len(self.files[name][0].path) == 1 for name, left in self.names.items() if left in people)


def _parts(student: Student, wanted: Wanted) -> _Parts | None:
    files: dict[str, list[Handed]] = {}
    around: Parts = ()
    for each in student.times[-1].files[:_MAX_FILES]:
        is_work = is_called_code(each.path[-1]) and not wanted.hands_out(each.path)
        if not each.given_name and (is_work or _is_archive(each.file)):
            files.setdefault(each.path[0], []).append(each)
            around = each.file.parts[: -len(each.path)]
    return _Parts(student, around, files, _different_names(list(files), wanted)) if files else None


def _worked_on(file: File, wanted: Wanted) -> dict[str, str]:
    """The functions of a file, or of an archive, that are not as they were handed out."""
    made = _functions(file, wanted)
    return {name: digest for name, digest in made.items() if digest not in wanted.released}


def _by_platform(place: Listing, zipped: str) -> Doubt | None:
    for layout in layouts.LAYOUTS:
        if not (layout.sure or layout is layouts.ilias.LAYOUT):
            continue
        try:
            found = layout.read(place) or layout.read(replace(place, lenient=True))
        except SubmissionError:
            continue
        if found is None or 2 * len(found.claims) < len(place.files):
            continue
        people = len({claim.owner.key for _, claim in found.claims})
        if people > 1:
            article = "an" if layout.title[0] in "AEIO" else "a"
            return Doubt(people, f"{article} {layout.title} of {people} people", place.around, zipped)
    return None


def _by_code(place: Listing, zipped: str, archives: bool) -> Doubt | None:
    """Files or archives beside each other that define one function, under names that no one person gives."""
    wanted = place.wanted
    files = [file for file in place.files if _is_flat(file, place.path(file), wanted, archives)]
    names = _different_names([place.path(file)[0] for file in files], wanted)
    count = len(set(names.values()))
    if count < _FILES:
        return None
    who: dict[str, set[str]] = {}
    for file in [file for file in files if place.path(file)[0] in names][:_MAX_READ]:
        for function in _functions(file, wanted):
            who.setdefault(function, set()).add(names[place.path(file)[0]])
    if any(len(several) >= _FILES for several in who.values()):
        return Doubt(count, f"{count} files of the whole work under different names", place.around, zipped)
    return None


def _insides(student: Student, wanted: Wanted, archives: bool) -> Iterator[tuple[Listing, str]]:
    """What lies in a hand-in: its folders, their folders, and what is in zips, with the name of the zip."""
    for time in student.times[-1:]:
        own = [each for each in time.files if each.path[-1] and not each.given_name][:_MAX_FILES]
        if own:
            around = own[0].file.parts[: -len(own[0].path)]
            files = [replace(each.file, parts=(*around, *each.path)) for each in own]
            for place in _folders(Listing(tuple(files), wanted, around)):
                yield place, ""
        zips = [each.file for each in time.files if _is_archive(each.file)]
        for file in zips if archives and len(zips) <= _ARCHIVES else ():
            for place in _archived(file, wanted):
                yield place, "/".join(file.parts)


def _is_archive(file: File) -> bool:
    return file.parts[-1].lower().endswith((".zip", *tarball.SUFFIXES))


def _archived(file: File, wanted: Wanted, nesting: int = 0) -> Iterator[Listing]:
    try:
        data = file.read(limit=MAX_ARCHIVE)
        is_tar = file.parts[-1].lower().endswith(tarball.SUFFIXES)
        opened = tarball.handed_in(data) if is_tar else zips.handed_in(data)
        files = [each for each in opened.survey() if each.parts[-1]]
    except RefusedError:
        return
    if files:
        yield from _folders(Listing(tuple(files[:_MAX_FILES]), wanted))
    if len(files) == 1 and not nesting and _is_archive(files[0]):
        yield from _archived(files[0], wanted, nesting + 1)


def _folders(top: Listing) -> Iterator[Listing]:
    level = [top]
    for _ in range(_LEVELS):
        yield from level
        deeper = (each.inside(name) for each in level for name, folder in each.tops.items() if folder)
        level = list(islice(deeper, _FOLDERS))


def _is_flat(file: File, path: Parts, wanted: Wanted, archives: bool) -> bool:
    is_code = is_called_code(path[0]) and not wanted.hands_out(path)
    return len(path) == 1 and (is_code or (archives and _is_archive(file)))


def _different_names(names: Sequence[str], wanted: Wanted) -> dict[str, str]:
    """What remains of names without what they share, and words for one's own tries and parts."""
    own = {word.casefold() for name in (wanted.name, *wanted.functions) for word in _words(name)}
    words = {name: [word for word in _words(name.split(".")[0]) if word not in own] for name in names}
    shared = set.intersection(*map(set, words.values())) if words else set()
    rest = {
        name: " ".join(word for word in each if word not in shared and not _OWN.fullmatch(word))
        for name, each in words.items()
    }
    return {name: left for name, left in rest.items() if left}


def _words(name: str) -> list[str]:
    return re.findall(r"[^\W\d_]+|\d+", name.casefold())


def _functions(file: File, wanted: Wanted) -> dict[str, str]:
    if _is_archive(file):
        inside = next(_archived(file, wanted), None)
        code = [each for each in inside.files if is_called_code(each.parts[-1])] if inside else []
        return {name: made for each in code[:_IN_EACH] for name, made in _functions(each, wanted).items()}
    try:
        return functions_in(read(file.read(), file.parts[-1], ""), wanted)
    except RefusedError:
        return {}
