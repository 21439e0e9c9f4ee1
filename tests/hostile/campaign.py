"""A class of hostile students and a few honest ones, graded by the command as root or as nobody."""

from __future__ import annotations

import functools
import json
import os
import re
import select
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from ordinary_user import NOBODY, ROOT, command

from autograder.course import load_homework
from autograder.release.source import read_source
from autograder.report import Report, from_json

FOLDER = Path(__file__).parent / "submissions"
# every hostile file is handed in below what is right
RIGHT = (ROOT / "docs" / "demo" / "derivatives" / "ada.py").read_text(encoding="utf-8")
# before, between and after the others, as the grader sorts them
HONEST = ("a_honest", "honest", "n_honest", "zz_honest")
CANARY = "the canary's own words"
ENVIRONMENT = "a word of the grader's environment"
# Where an attempt would leave something.
TRACES = ("/tmp/owned", "/dev/shm/owned", "/var/tmp/owned", "/owned", "/tmp/disk", str(ROOT / "owned"))
_NOTE = re.compile(r"^# (loses|most|others|status|says|proof|never): (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Attempt:
    """A hostile file, what it does, and what has to come of it.

    ``loses`` are the functions that must have no points, ``most`` the points that others may have at most,
    ``anything`` whether all others of the same student may lose some; ``status`` is that of the first,
    ``says`` and ``proof`` what must be found in the report, ``never`` what must not.
    """

    path: Path
    does: str
    loses: tuple[str, ...]
    anything: bool
    status: str
    says: str
    proof: str
    never: str
    most: Mapping[str, float] = field(default_factory=dict)
    homework: str = "derivatives"

    @property
    def name(self) -> str:
        """Of the file, and of the student."""
        return self.path.stem

    def __str__(self) -> str:
        return self.name

    def handed_in(self, words: dict[str, str]) -> str:
        """The file below what is right, with the places of this campaign in it."""
        text = self.path.read_text(encoding="utf-8")
        for word, meaning in words.items():
            text = re.sub(rf"\b{word}\b", meaning, text)
        if self.path.suffix == ".py":
            return f"{right(self.homework)}\n\n{text}"
        notebook = json.loads(text)
        first = {"cell_type": "code", "id": "0", "metadata": {}, "outputs": [], "source": RIGHT}
        return json.dumps({**notebook, "cells": [first, *notebook["cells"]]})


@functools.cache
def right(homework: str) -> str:
    """What is right in a homework, as a student would hand it in."""
    if homework == "derivatives":
        return RIGHT
    cells = read_source(load_homework(homework, ROOT), ROOT).cells
    needed = [cell.text for cell in cells if cell.exercise or "def sigmoid" in cell.text]
    return "\n\n# %%\n".join(["import numpy as np", *needed, ""]).replace("import checks", "")


def attempts(homework: str = "derivatives") -> list[Attempt]:
    """All hostile files of a homework."""
    folder = FOLDER if homework == "derivatives" else FOLDER / homework
    return [_read(path, homework) for path in sorted(folder.glob("*")) if path.is_file()]


def _read(path: Path, homework: str = "derivatives") -> Attempt:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        notes = {"does": text.split("\n")[0].strip('"'), **dict(_NOTE.findall(text))}
    else:
        notes = json.loads(text)["metadata"]["expects"]
    pairs = (each.split() for each in notes.get("most", "").split(",") if each)
    most = {name: float(points) for name, points in pairs}
    loses = notes.get("loses", "nothing" if most else "dL_db")
    names = {"nothing": (), "any": ("dL_db",)}.get(loses, tuple(loses.split(", ")))
    anything = "any" in (loses, notes.get("others"))
    return Attempt(
        path, notes["does"], names, anything, notes["status"], notes.get("says", ""), notes["proof"],
        notes.get("never", "(?!)"), most, homework,
    )  # fmt: skip


@dataclass
class Campaign:
    """What came of it: the command's end, and everything it wrote."""

    place: Path
    level: str
    out: Path
    returncode: int
    said: str
    session: int
    knocks: list[str] = field(default_factory=list)

    @cached_property
    def reports(self) -> dict[str, Report]:
        """By student."""
        return {path.stem: from_json(path.read_bytes()) for path in (self.out / "reports").iterdir()}

    def written(self) -> Iterator[tuple[Path, bytes]]:
        """Every file of the output, and what the command said."""
        yield Path("said"), self.said.encode()
        for path in self.out.rglob("*"):
            if path.is_file():
                yield path, path.read_bytes()

    def left_alive(self) -> list[int]:
        """Processes of the command's that outlived it."""
        found = []
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = stat.read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[3]) == self.session and fields[0] != "Z":
                found.append(int(stat.parent.name))
        return found


@contextmanager
def campaign(level: str, user: str) -> Iterator[Campaign]:
    """Grade everybody at a level of the sandbox, as ``root`` or as ``nobody``.

    The folder is one that anybody may enter, so that no right of files keeps out what the sandbox should.
    """
    place = Path(tempfile.mkdtemp(prefix="hostile-"))
    try:
        place.chmod(0o755)
        yield _graded(place, level, user)
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _graded(place: Path, level: str, user: str) -> Campaign:
    course, submissions, canary = place / "course", place / "submissions", place / "canary"
    shutil.copytree(ROOT / "solutions", course / "solutions", ignore=shutil.ignore_patterns("__pycache__"))
    submissions.mkdir()
    canary.write_text(CANARY)
    with _listening(place) as (port, knocks):
        words = {
            "CANARY": str(canary), "SUBMISSIONS": str(submissions), "COURSE": str(course), "ROOT": str(ROOT),
            "PORT": str(port), "SOCKET": str(place / "socket"),
        }  # fmt: skip
        for name in HONEST:
            (submissions / f"{name}.py").write_text(RIGHT, encoding="utf-8")
        for attempt in attempts():
            text = attempt.handed_in(words)
            assert not [word for word in words if word in text], f"{attempt} names no place of this campaign"
            (submissions / attempt.path.name).write_text(text, encoding="utf-8")
        for path in (place, *place.rglob("*")):
            path.chmod(0o777 if path.is_dir() or path == canary else 0o666)
        who = NOBODY if user == "nobody" and os.geteuid() == 0 else None
        arguments = [
            "autograder", "--course", str(course), "grade", "derivatives", str(submissions), "--out",
            str(place / "out"), "--workers", "1", "--sandbox", level, "--timeout", "0.5", "--wall", "2",
        ]  # fmt: skip
        process = subprocess.Popen(
            command(f"sys.argv = {arguments}\nfrom autograder.cli import main\nmain()"),
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=place, start_new_session=True,
            env={"HOSTILE_SECRET": ENVIRONMENT, "PATH": os.defpath, "HOME": str(place)},
            user=who, group=who, extra_groups=[] if who is not None else None,
        )  # fmt: skip
        said, _ = process.communicate(timeout=900)
    return Campaign(place, level, place / "out", process.returncode, said, process.pid, knocks)


@contextmanager
def _listening(place: Path) -> Iterator[tuple[int, list[str]]]:
    """Servers that note whoever calls: by a port, a datagram, a socket's file, and a socket without one."""
    knocks: list[str] = []
    sockets = {
        "a connection": socket.create_server(("127.0.0.1", 0)),
        "a datagram": socket.socket(socket.AF_INET, socket.SOCK_DGRAM),
        "a local connection": socket.socket(socket.AF_UNIX),
        "an abstract connection": socket.socket(socket.AF_UNIX),
    }
    port = sockets["a connection"].getsockname()[1]
    sockets["a datagram"].bind(("127.0.0.1", port))
    sockets["a local connection"].bind(str(place / "socket"))
    sockets["an abstract connection"].bind(f"\0{place}/socket")
    for name in ("a local connection", "an abstract connection"):
        sockets[name].listen()

    try:
        yield port, knocks
        # whoever called waits in the queue: nobody was let in
        called, _, _ = select.select(sockets.values(), [], [], 0)
        knocks += [name for name, listener in sockets.items() if listener in called]
    finally:
        for listener in sockets.values():
            listener.close()
