"""Random and mutated input for everything that reads strangers' bytes; an input is its kind and its number.

    python tests/hostile/fuzzing.py wire 1000000          # as many payloads of the wire format
    python tests/hostile/fuzzing.py notebooks 10000       # as many notebooks, mutated and graded whole
    python tests/hostile/fuzzing.py outcomes 20000        # as many results, judged by every rule
    python tests/hostile/fuzzing.py sequences 100000      # as many sequences of outcomes, judged
    python tests/hostile/fuzzing.py reports 50000         # as many reports and Gradescope lists
    python tests/hostile/fuzzing.py rubrics 1000          # as many homeworks with damaged files
    python tests/hostile/fuzzing.py cells 50000           # as many texts in IPython's notation
    python tests/hostile/fuzzing.py large 20000           # as many notebooks, gone through without outputs
    python tests/hostile/fuzzing.py files 20000           # as many sets of a student's own modules
    python tests/hostile/fuzzing.py downloads 20000       # as many downloads of platforms, with odd names
    python tests/hostile/fuzzing.py rosters 20000         # as many mutated class lists
    python tests/hostile/fuzzing.py tables 50000          # as many files of marks, on their way to platforms
    python tests/hostile/fuzzing.py wire --only 4711      # one input again

What fails is printed with its number, which belongs into seeds.txt: the tests try those first, for ever.
"""

from __future__ import annotations

import argparse
import atexit
import contextlib
import copy
import functools
import gzip
import io
import itertools
import json
import math
import random
import shutil
import struct
import sys
import tarfile
import tempfile
import time
import warnings
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parents[1])]

import msgspec
import numpy as np
from fuzzing_tables import try_tables
from fuzzing_texts import try_cells, try_files, try_large
from mutating import ODD, mutated, mutated_text, source
from ordinary_user import ROOT

from autograder import feedback
from autograder.course import homework_names, load_homework
from autograder.errors import HomeworkError
from autograder.grading import _judged, grade
from autograder.homework import Exercise
from autograder.judging.trial import Trial
from autograder.printable import printable
from autograder.release.source import ReleaseError, read_source
from autograder.report import Example, ExerciseReport, Report, Verdict, from_json, to_json
from autograder.sandbox import session as sessions
from autograder.sandbox import starting
from autograder.sandbox.answering import Answering
from autograder.sandbox.host import Batch, Fault, Limits, Raised, Returned, Sandbox, Unsendable
from autograder.sandbox.inside import wire
from autograder.sandbox.inside.sendable import sendable
from autograder.submission import SubmissionError, Wanted, read, tarball, zips
from autograder.submission.archive import Archive
from autograder.submission.collecting import recognised
from autograder.submission.layouts import Person
from autograder.submission.layouts.gradescope import submitters
from autograder.submission.listing import listing
from autograder.submission.matching import match
from autograder.submission.opening import RefusedError
from autograder.submission.roster import read_roster, seconds_longer

SEEDS = Path(__file__).parent / "seeds.txt"
SECRET = b"for tests only"


# -------------------------------------------------------------------------------- the wire format

_EVIDENCE = (1.0, [0], "argument", ["RuntimeWarning: x"], False)
FRAMES = [
    (wire.READY, None),
    (wire.STARTING, (1, 2, "", [(1, 1, "a", "")])),
    (
        wire.LOADED,
        {
            "problems": [(1, 2, "x")],
            "functions": ["predict", "f"],
            "silenced": False,
            "lost": [("f", 1, 2, "", "int", True)],
        },
    ),
    (wire.VALUES, [1.0]),
    (wire.RETURNED, ((np.ones((2, 3)), 1.5), *_EVIDENCE[1:])),
    (wire.VALUES, [[np.arange(4), np.array([True]), np.float32(2)]]),
    (wire.VALUES, [{"w": np.zeros(0), "b": None}]),
    (
        wire.RAISED,
        {"kinds": ["ValueError", "Exception"], "message": "m", "place": ("cell 1", 3, "f", "x = 1")},
    ),
    (wire.UNSENDABLE, "a generator"),
    (wire.CALLBACK, (0, (np.ones(3), 1.0), {"lr": 0.1})),
    (wire.VALUES, [1.0, 2.0, np.ones(2)]),
    (wire.GRAPH, {"nodes": [("add", 0, 1)], "result": 2}),
    (
        wire.CALL,
        {"function": "f", "calls": [(np.ones(2), wire.RemoteCallable(0))], "bind": {}, "watched": True},
    ),
    (wire.CALL, {"function": "f", "calls": [(wire.RandomGenerator(1, 2),)], "bind": {}, "watched": False}),
    (wire.LOAD, {"cells": ["x = 1"], "given": "# Given", "skip": [[1, 2]], "careful": True, "seed": 1}),
]
_ENCODED = [wire.frame(kind, value, share=True) for kind, value in FRAMES]
_TAGS = b"NTFidsatlmrgc"


def frame(number: int) -> bytes:
    """A frame: a mutated one, one of tags and small numbers, or noise."""
    chance = source("wire", number)
    match chance.randrange(4):
        case 0 | 1:
            return mutated(chance.choice(_ENCODED), chance)
        case 2:
            few = bytes(
                chance.choice(_TAGS) if chance.random() < 0.5 else chance.choice((0, 0, 0, 1, 2, 4))
                for _ in range(chance.randrange(60))
            )
            return struct.pack("<IB", len(few), chance.randrange(8, 20)) + few
        case _:
            return chance.randbytes(chance.randrange(80))


class Replies:
    """In a child's place: hands out the frames in some bytes, then is gone."""

    def __init__(self, data: bytes, decoder: wire.Decoder) -> None:
        self._data, self._decoder = bytearray(data), decoder

    def receive(self) -> tuple[int, Any]:
        """The next frame, or the child's end."""
        try:
            size, kind = wire.header(self._data)
            end = wire.HEADER_SIZE + size
            if end > len(self._data):
                raise sessions.EndedError("died", "its process ended")
            payload = self.payload = bytes(self._data[wire.HEADER_SIZE : end])
            del self._data[:end]
            return kind, self._decoder.decode(payload)
        except (wire.WireError, struct.error) as error:
            raise sessions.EndedError("protocol", str(error)) from None

    def send(self, data: bytes) -> None:
        """What the referee answers, in frames of its own."""
        assert data

    def count_callback(self) -> None:
        """Callbacks are not limited here."""


_ASKED = sessions.prepare("f", [(lambda *_, **__: np.ones(2),)] * 3)
_UNWATCHED = sessions.prepare("f", [(1.0,)] * 3, watched=False)
_IN_THE_RUNNER = wire.Decoder(lambda key, seed: (key, seed), lambda number: number, lambda sent: sent)


_SESSION = object.__new__(sessions.Session)
_SESSION._answering = Answering(Limits())


def try_wire(number: int) -> str:
    """Read a frame as the referee does at every point where it waits for one, and as the runner does."""
    data = frame(number)
    seen = []
    for request in (_ASKED, _UNWATCHED):
        try:
            batch, replies = sessions.Batch(request), Replies(data, wire.Decoder())
            outcomes = sessions._outcomes(replies, batch, _SESSION._answer)  # type: ignore[arg-type]
            seen.append(type(outcomes[0]).__name__)
        except sessions.EndedError as error:
            seen.append(error.fault.kind)
    with contextlib.suppress(sessions.EndedError):
        kind, value = Replies(data, wire.Decoder()).receive()
        if kind == wire.LOADED:
            _loaded(value)
    with contextlib.suppress(wire.WireError):
        _IN_THE_RUNNER.decode(data[wire.HEADER_SIZE :])
    return seen[0]


def _loaded(value: Any) -> None:
    """As a session takes in what loading gave, where nonsense is expected."""
    blank = object.__new__(starting.Start)
    blank._faults = []
    with contextlib.suppress(*starting.NONSENSE):
        blank._checked(value)


# ------------------------------------------------------------------------------------- notebooks


@functools.cache
def notebooks() -> list[tuple[str, dict[str, Any]]]:
    """What students hand in: the released notebooks with the solutions in them, by homework."""
    found = []
    for name in homework_names(ROOT):
        released = json.loads((ROOT / "assignments" / name / f"{name}.ipynb").read_text(encoding="utf-8"))
        solved = (ROOT / "solutions" / name / f"{name}.py").read_text(encoding="utf-8")
        found += [(name, released), (name, {**released, "cells": _cells(solved)})]
    return found


def _cells(text: str) -> list[dict[str, Any]]:
    parts = [part for part in text.split("\n# %%") if part.strip()]
    return [
        {"cell_type": "code", "metadata": {}, "outputs": [], "source": "#" + part}
        for part in parts
        if "\ndef " in part or "\nimport " in part
    ]


def mutated_tree(value: Any, chance: random.Random) -> Any:
    """A copy with one place in it changed."""
    if isinstance(value, dict) and value and chance.random() < 0.93:
        key = chance.choice(list(value))
        if chance.random() < 0.1:
            return {k: v for k, v in value.items() if k != key}
        return {**value, key: mutated_tree(value[key], chance)}
    if isinstance(value, list) and value and chance.random() < 0.93:
        at = chance.randrange(len(value))
        match chance.randrange(8):
            case 0:
                return value[:at] + value[at + 1 :]
            case 1:
                return [*value[: at + 1], *value[at:]]
            case 2:
                return chance.sample(value, len(value))
        return [*value[:at], mutated_tree(value[at], chance), *value[at + 1 :]]
    if isinstance(value, str) and value and chance.random() < 0.8:
        return mutated_text(value, chance)
    return chance.choice(ODD)


def notebook(number: int) -> tuple[str, bytes]:
    """A homework, and the bytes of a notebook that somebody might hand in for it."""
    chance = source("notebooks", number)
    name, tree = chance.choice(notebooks())
    for _ in range(chance.choice((1, 2, 3, 8))):
        tree = mutated_tree(tree, chance)
    data = json.dumps(tree).encode("utf-8", "surrogatepass")
    return name, mutated(data, chance) if chance.random() < 0.25 else data


_loaded_homeworks = functools.cache(lambda name: load_homework(name, ROOT))


@functools.cache
def _sandbox() -> Sandbox:
    return Sandbox("auto", Limits(call_seconds=0.5))


def try_notebooks(number: int) -> str:
    """Grade a notebook, and make its report and its page."""
    name, data = notebook(number)
    homework = _loaded_homeworks(name)
    report = grade(homework, read(data, f"{number}.ipynb", f"student {number}"), _sandbox(), SECRET)
    assert "grader_fault" not in {exercise.status for exercise in report.exercises}
    assert 0 <= report.score <= report.max_score
    assert from_json(_json(report)) is not None
    assert feedback.page(report, homework.title).startswith("<!doctype html>")
    return "unreadable" if not report.source or (report.notes and not report.score) else "graded"


def _json(report: Report) -> bytes:
    try:
        return to_json(report)
    except UnicodeEncodeError:  # lone surrogates, which the gradebook escapes
        return to_json(msgspec.structs.replace(report, notes=[], output="", errors=[], exercises=[]))


# -------------------------------------------------------------------------------- what is judged

_NUMBERS = (0.0, -0.0, 1.0, -1.5, math.nan, math.inf, -math.inf, 1e308, 5e-324, 1e-300, 2.0**63)


def value(chance: random.Random, depth: int = 0) -> Any:
    """Anything that the wire can bring."""
    match chance.randrange(12 if depth < 3 else 8):
        case 0 | 1:
            return chance.choice(_NUMBERS)
        case 2:
            return chance.choice((None, True, False, "", "nan", "x" * 100, -(2**63), 2**63 - 1, 7))
        case 3 | 4 | 5:
            shape = tuple(chance.choice((0, 1, 2, 3, 5)) for _ in range(chance.randrange(4)))
            size = int(np.prod(shape))
            kind = chance.choice(("<f8", "<f8", "<i8", "?", "<f4"))
            with np.errstate(all="ignore"):
                flat = np.array([chance.choice((*_NUMBERS[:4], chance.gauss(0, 1))) for _ in range(size)])
                return (
                    np.nan_to_num(flat).astype(kind).reshape(shape) if kind != "<f8" else flat.reshape(shape)
                )
        case 6:
            return np.full(chance.choice(((), (3,), (2, 2))), chance.choice(_NUMBERS))
        case 7:
            return np.zeros(chance.choice(((0, 4), (1 << 20, 0), (3, 0, 2), (1000,))))
        case 8 | 9:
            return tuple(value(chance, depth + 1) for _ in range(chance.choice((0, 1, 2, 2, 3, 4))))
        case 10:
            return [value(chance, depth + 1) for _ in range(chance.randrange(5))]
        case _:
            return {key: value(chance, depth + 1) for key in ("w", "b")[: chance.randrange(3)]}


class Anything:
    """In a session's place: calls back now and then, and gives any outcome for any call.

    With a function that is right it is that which is called, until it lapses, for one call or for good.
    """

    def __init__(self, chance: random.Random, right: Callable[..., Any] | None = None) -> None:
        self._chance, self._right = chance, right
        self._lapse, self._for_good = 10 ** chance.uniform(-3, 0), chance.random() < 0.3
        self._generators: dict[int, np.random.Generator] = {}
        self.lapsed = right is None

    def _outcome(self, arguments: tuple[Any, ...]) -> Any:
        if self._right is None or self._chance.random() < self._lapse:
            self.lapsed = True
            self._right = None if self._for_good else self._right
            return self._any_outcome(arguments)
        return self._called(self._right, arguments)

    def _called(self, function: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
        own = [
            self._generator(a) if isinstance(a, wire.RandomGenerator) else copy.deepcopy(a)
            for a in (each.value if isinstance(each, wire.OfNumPy) else each for each in arguments)
        ]
        try:
            crossing = wire.frame(wire.RETURNED, sendable(function(*own)))
            return Returned(wire.Decoder().decode(crossing[wire.HEADER_SIZE :]))
        except Exception as error:
            return Raised(tuple(kind.__name__ for kind in type(error).__mro__[:-1]), str(error))

    def _generator(self, sent: wire.RandomGenerator) -> np.random.Generator:
        if sent.key not in self._generators:
            self._generators[sent.key] = np.random.default_rng(sent.seed)
        return self._generators[sent.key]

    def _any_outcome(self, arguments: tuple[Any, ...]) -> Any:
        for each in arguments:
            if callable(each) and self._chance.random() < 0.5:
                with contextlib.suppress(Exception):  # the student's function would get it
                    each(*(value(self._chance) for _ in range(self._chance.randrange(5))))
        chance = self._chance
        match chance.randrange(12):
            case 0:
                return Fault(chance.choice(("timeout", "died", "protocol")), "it was stopped")
            case 1:
                return Raised(("ValueError", "Exception"), "x" * chance.randrange(50), "cell 1", 3, "f", "x")
            case 2:
                return Unsendable("a generator")
            case 3:
                made = value(chance)
                return Returned(made, (0, 7, -1), "argument", ("RuntimeWarning: x",), True)
            case _:
                return Returned(value(chance))

    def call(self, function: str, calls: Any, bind: Any = None) -> list[Any]:
        """An outcome for each call."""
        return [self._outcome(arguments) for arguments in calls]

    def send(self, request: Any) -> Any:
        """Calls that come encoded, as the runner would decode them."""
        size, _ = wire.header(request.frame)
        asked = self._decoder(request).decode(request.frame[wire.HEADER_SIZE : wire.HEADER_SIZE + size])
        return Batch(request, [self._outcome(arguments) for arguments in asked["calls"]])

    def _decoder(self, request: Any) -> wire.Decoder:
        return wire.Decoder(
            wire.RandomGenerator, lambda number: request.callables[number], lambda sent: sent.callable
        )

    def collect(self, batch: Any) -> Any:
        """Their outcomes."""
        return batch.outcomes

    def trace(self, function: str, arguments: Any) -> Any:
        """Any graph."""
        return value(self._chance)

    def restart(self) -> None:
        """There is nothing to forget."""


def try_outcomes(number: int) -> str:
    """Let a rule judge any outcomes, or those of a right function with lapses; what it finds is complete."""
    chance = source("outcomes", number)
    exercise, right = exercises()[number % len(exercises())]
    callee = Anything(chance, right if chance.random() < 0.7 else None)
    trial = Trial(exercise, callee, np.random.default_rng(number))
    with np.errstate(all="ignore"):
        findings, _ = trial.exercise.rule.begin(trial)()
    passed = all(findings[check].passed for check in exercise.points)
    assert passed or callee.lapsed, "a right function lost points"
    assert all(isinstance(finding.message, str) and finding.message for finding in findings.values())
    return f"{exercise.function} {'passed' if passed else 'failed'}{' with lapses' if callee.lapsed else ''}"


_WAYS = ("right", "wrong", "spoilt", "odd", "raised", "fault")
BAD = (math.inf, -math.inf, math.nan, 1e300, sys.float_info.max)


class Changing(Anything):
    """In a session's place: from call to call the right function or a wrong one, a result with numbers that
    are not finite, anything, an exception or a fault."""

    def __init__(
        self, chance: random.Random, right: Callable[..., Any], wrong: list[Callable[..., Any]]
    ) -> None:
        super().__init__(chance, right)
        self._functions = {"right": right, "wrong": chance.choice(wrong) if wrong else right}
        self._ways = chance.sample(_WAYS, chance.choice((2, 2, 2, 3, 6)))
        self._change = 10 ** chance.uniform(-2.5, 0)
        self._way = self._ways[0]

    def _outcome(self, arguments: tuple[Any, ...]) -> Any:
        chance = self._chance
        if chance.random() < self._change:
            self._way = chance.choice(self._ways)
        if self._way in self._functions:
            return self._called(self._functions[self._way], arguments)
        if self._way == "spoilt":
            came = self._called(self._functions["right"], arguments)
            return Returned(spoilt(came.value, chance)) if isinstance(came, Returned) else came
        if self._way == "odd":
            return self._any_outcome(arguments)
        if self._way == "raised":
            kind = chance.choice(("NotImplementedError", "RecursionError", "ValueError", "TypeError"))
            return Raised((kind, "Exception"), "no", "cell 1", 3, chance.choice(("", "f")), "x")
        return Fault(chance.choice(("timeout", "died", "protocol")), "it was stopped")


def spoilt(value: Any, chance: random.Random) -> Any:
    """A result with a bad number in some places of it, or in all."""
    if isinstance(value, tuple | list):
        return type(value)(spoilt(each, chance) if chance.random() < 0.7 else each for each in value)
    if isinstance(value, np.ndarray) and value.size and chance.random() < 0.7:
        array = value.astype(float)
        array.flat[chance.randrange(array.size)] = chance.choice(BAD)
        return array
    return np.full(np.shape(value), chance.choice(BAD)) if np.ndim(value) else chance.choice(BAD)


@functools.cache
def _wrong_functions(place: int) -> list[Callable[..., Any]]:
    exercise, _ = exercises()[place]
    return [function for _, function in itertools.islice(exercise.rule.wrong_functions(), 12)]


def try_sequences(number: int) -> str:
    """Let a rule judge outcomes that change from call to call, and make a report of what it finds."""
    chance = source("sequences", number)
    place = number % len(exercises())
    exercise, right = exercises()[place]
    trial = Trial(exercise, Changing(chance, right, _wrong_functions(place)), np.random.default_rng(number))
    with np.errstate(all="ignore"):
        findings, outcomes = exercise.rule.begin(trial)()
        judged = _judged(exercise, findings, outcomes, "")
    assert 0 <= judged.score <= judged.max_score == exercise.max_score
    to_json(Report("x", "Ada", judged.score, judged.max_score, "none", [judged]))
    return f"{exercise.function} {judged.status}"


@functools.cache
def exercises() -> list[tuple[Exercise, Callable[..., Any]]]:
    """All exercises with their solutions."""
    found = []
    for name in homework_names(ROOT):
        homework = _loaded_homeworks(name)
        names: dict[str, Any] = {"__name__": "solution", "np": np}
        for cell in read_source(homework, ROOT).cells:
            if cell.exercise or "def sigmoid" in cell.text:  # the network's is given
                exec(cell.text.replace("import checks", ""), names)
        found += [(exercise, names[exercise.function]) for exercise in homework.exercises]
    return found


# ------------------------------------------------------------------------- reports, Gradescope's list

_VERDICT = Verdict("value", 1.0, 2.0, "<b>wrong</b>", "sign", Example("f(x)\nx = 1", "2", "3"))
_REPORT = to_json(
    Report(
        "sgd", "Ada", 1.0, 2.0, "landlock", [ExerciseReport("f", 1.0, 2.0, "partial", [_VERDICT])], ["note"]
    )
)
_LIST = b"submission_1:\n  :submitters:\n  - :name: Jane Doe\n    :sid: '4711'\n  :created_at: 2026-11-02\n"


def try_reports(number: int) -> str:
    """Read a mutated report, and show it if it is one; read a mutated list of Gradescope's."""
    chance = source("reports", number)
    entries = submitters(mutated(_LIST, chance)).values()
    assert all(person.key.isprintable() for entry in entries for person in entry.people)
    try:
        report = from_json(mutated(_REPORT, chance))
    except msgspec.MsgspecError:
        return "refused"
    assert "<b>wrong" not in feedback.page(report)
    return "shown"


# ------------------------------------------------------------------------------------ rubrics


@functools.cache
def _course() -> Path:
    """A course whose files can be damaged."""
    folder = Path(tempfile.mkdtemp(prefix="rubrics-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    for name in homework_names(ROOT):
        (folder / "solutions" / name).mkdir(parents=True)
    shutil.copytree(ROOT / "solutions" / "data", folder / "solutions" / "data")
    return folder


def try_rubrics(number: int) -> str:
    """Read a damaged rubric, and the damaged notebook beside it: what is wrong is told in a sentence."""
    chance = source("rubrics", number)
    name = chance.choice(homework_names(ROOT))
    for file in ("rubric.py", f"{name}.py"):
        text = (ROOT / "solutions" / name / file).read_text(encoding="utf-8")
        for _ in range(chance.choice((0, 1, 1, 2))):
            text = mutated_text(text, chance, odd=[""])
        (_course() / "solutions" / name / file).write_text(text, encoding="utf-8")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            homework = load_homework(name, _course())
            read_source(homework, _course())
    except (HomeworkError, ReleaseError) as error:
        return type(error).__name__
    return "read"


# ---------------------------------------------------------------------------------- downloads

_NAMES = [
    "Jane Doe", "jane doe", "Wei Lee", "Wei Lee", "LATE", "a_b", "team_3", "12", "-", "x - y", "O'Neil",
    "王小明",
    "Anna (Maria)", "José", "derivatives", "hw1", "checks", "null", "UNI\\x", "..x", "%41", "a+b",
    "\u202eevil",
]  # fmt: skip
_FILES = [
    "derivatives.py", "derivatives.ipynb", "Derivatives (1).py", "hw1.zip", "x.tar.gz",
    "my_file_4711_98765_x.py",
    "bob_4712_98766_derivatives.py", "Bob_2_assignsubmission_file_x.py", "a - b - Sep 24, 2024 926 PM - x.py",
    "HW_bob_attempt_2025-01-01-00-00-00_x.py", "submission_metadata.yml", "user_assignment_settings.json",
    "timestamp.txt", "grades.csv", "Version 7", "link.html", "text.html", "2024_11_x.py", "LATE_x.py", "x",
    ".py", "checks.py", "test_derivatives.py", "penguins.csv", "README.md", "derivatives.ipynb.txt", "図.py",
    "-1.py",
]  # fmt: skip
_DEEP = [
    "",
    "",
    "",
    "sub/",
    "Version 1/",
    "submission_2/",
    "Bob_2_assignsubmission_file/",
    "derivatives/",
    "1/",
    "(x)/",
]
_BODIES = [
    b"def predict(X, w, b):\n    return X @ w\n", b"x = 1\n", b"", b"{", b"{}", b"\xff\xfe", b"PK\x03\x04",
    b"\x1f\x8b",
    b'{"active_version": 0}', b'{"cells": [{"cell_type": "code", "source": "def sigmoid(z):\\n  return z"}]}',
    b"submission_1:\n  :submitters:\n  - :name: Bob\n", b"Name: Bob (bob)\n",
]  # fmt: skip


def _squashed(name: str) -> str:
    return "".join(c for c in name.lower() if c.isalnum() or c == "_")


def _login(k: int, name: str) -> str:
    return ("Ada", "ada", "u.2", "u_3", "u-4", "55", "u6@x.org")[k % 7] + ("" if k < 7 else str(k))


# One file on each platform, by the student's number and name, and the file's number, folder and name.
PLATFORMS: dict[str, Callable[[int, str, int, str, str], str]] = {
    "canvas": lambda k, name, n, _, file: f"{_squashed(name)}_{4711 + k}_{90000 + 97 * k + n}_{file}",
    "moodle": lambda k, name, n, deep, file: (
        f"{name.replace('_', ' ')}_{k}_assignsubmission_file/{deep}{file}"
    ),
    "moodle flat": lambda k, name, n, _, file: f"{name.replace('_', ' ')}_{k}_assignsubmission_file_{file}",
    "gradescope": lambda k, name, n, deep, file: f"submission_{k}/{deep}{file}",
    "brightspace": lambda k, name, n, deep, file: (
        f"{10 + n}-{2500 + k} - {name} - Sep 2{n % 9}, 2024 926 PM/{deep}{file}"
    ),
    "blackboard": lambda k, name, n, _, file: (
        f"HW 1_{_login(k, name)}_attempt_2024-09-10-23-59-0{n % 9}_{file}"
    ),
    "sakai": lambda k, name, n, deep, file: (
        f"HW 1/{name.replace('(', '')}({_login(k, name)})/Submission attachment(s)/{deep}{file}"
    ),
    "teams": lambda k, name, n, deep, file: f"Submitted files/{name} {k}/HW/Version {n + 1}/{deep}{file}",
    "submitty": lambda k, name, n, deep, file: f"submissions/{_login(k, name)}/{n + 1}/{deep}{file}",
    "nbgrader": lambda k, name, n, deep, file: f"submitted/{_login(k, name)}/derivatives/{deep}{file}",
    "exchange": lambda k, name, n, deep, file: (
        f"{_login(k, name)}+derivatives+2024-09-1{n % 9} 23:59:59.000000 UTC+x{n}=/{deep}{file}"
    ),
    "ilias": lambda k, name, n, deep, file: (
        f"Doe_{_squashed(name) or 'x'}_{_login(k, name)}_{300 + k}/{deep}{file}"
    ),
    "clones": lambda k, name, n, deep, file: f"homework-{_login(k, name)}/{deep}{file}",
    "plain": lambda k, name, n, deep, file: f"{_login(k, name)}/{deep}{file}",
}


def download(number: int) -> tuple[dict[str, bytes], dict[str, int]]:
    """The files of a class, and whose each is; half of them with something odd, and then it is not said."""
    chance = source("downloads", number)
    platform = chance.choice(list(PLATFORMS))
    files: dict[str, bytes] = {}
    whose: dict[str, int] = {}
    for k in range(1, chance.choice((2, 2, 3, 5, 8))):
        name = chance.choice(_NAMES)
        for n in range(chance.choice((1, 1, 2, 4))):
            path = PLATFORMS[platform](k, name, n, chance.choice(_DEEP), chance.choice(_FILES))
            files[path], whose[path] = chance.choice(_BODIES), k
    if platform == "gradescope":
        people = "".join(
            f"submission_{k}:\n  :submitters:\n  - :name: Wei\n" for k in sorted({*whose.values()})
        )
        files["submission_metadata.yml"] = people.encode()
    if chance.random() < 0.5:
        return files, whose
    paths = list(files)
    for _ in range(chance.choice((1, 1, 3))):
        match chance.randrange(6):
            case 0:
                files[chance.choice(_FILES)] = chance.choice(_BODIES)
            case 1:
                around = chance.choice(("HW1/", "ada/", "x/y/", "submissions/", "assignment_1_export/"))
                files = {around + path: data for path, data in files.items()}
            case 2:
                files["__MACOSX/._" + chance.choice(paths)] = b"x"
            case 3:
                files[chance.choice(paths) + chance.choice(("/x.py", " (1)", "~", "/"))] = b""
            case 4:
                files.pop(chance.choice(list(files) or ["x"]), None)
            case 5:
                old = chance.choice(list(files) or ["x"])
                files[mutated_text(old or "x", chance, odd=["/", "_", "\x1b", " "])] = files.pop(old, b"")
    return {path: data for path, data in files.items() if path} or {"x.py": b"x"}, {}


def try_downloads(number: int) -> str:
    """Recognise a download and read it: no file is lost, and no two students are taken for one."""
    files, whose = download(number)
    chance = source("archive", number)
    if damaged := chance.random() < 0.2:
        whose = {}  # a name may be another now
    try:
        store = _packed(files, chance, damaged)
        found = recognised(store, Path("of a class.zip"), _DERIVATIVES)
    except (SubmissionError, RefusedError) as error:
        return _told(error)
    claimed: dict[str, str] = {}
    for student in found.students:
        for once in student.times:
            for each in once.files:
                assert claimed.setdefault("/".join(each.file.parts), student.owner.key) == student.owner.key
    aside = {name for name, _ in found.aside}
    for file in listing(store, _DERIVATIVES).files:
        path = "/".join(file.parts)
        assert path in claimed or printable(path) in aside, f"{path} is lost"
    for student in found.students:
        owners = {whose[path] for path, key in claimed.items() if key == student.owner.key and path in whose}
        assert len(owners) <= 1, f"{student.owner.key} is {owners}"
    assert len({member.slug.casefold() for s in found.students for member in s.people}) == sum(
        len(s.people) for s in found.students
    )
    for candidates in found.read(source("policy", number).choice((None, "best", "first", "latest"))):
        assert candidates.student.isprintable()
        assert len(candidates.submissions) == len(candidates.handed_in) >= 1
        for submission in candidates.submissions:
            assert bool(submission.problem) != bool(submission.cells)
            assert all(map(str.isprintable, (*submission.notes, submission.source, submission.problem or "")))
    return found.layout.name if whose else "odd"


def _packed(files: dict[str, bytes], chance: random.Random, damaged: bool) -> Archive:
    """The files in an archive, of which a few bytes may be others."""
    data = io.BytesIO()
    if is_zip := chance.random() < 0.6:
        with zipfile.ZipFile(data, "w") as made, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for path, body in files.items():
                made.writestr(path, body)
    else:
        form = chance.choice((tarfile.PAX_FORMAT, tarfile.GNU_FORMAT))
        with tarfile.open(fileobj=data, mode="w", format=form, errors="surrogateescape") as packed:
            for path, body in files.items():
                info = tarfile.TarInfo(path)
                info.type = tarfile.DIRTYPE if path.endswith("/") else tarfile.REGTYPE
                info.size = len(body)
                packed.addfile(info, io.BytesIO(body))
    whole = mutated(data.getvalue(), chance) if damaged else data.getvalue()
    if not is_zip and chance.random() < 0.5:
        whole = gzip.compress(whole)
    return zips.opened(io.BytesIO(whole)) if is_zip else tarball.opened(io.BytesIO(whole))


def _told(error: Exception) -> str:
    assert str(error).isprintable()
    return "refused"


_DERIVATIVES = Wanted("derivatives", frozenset({"penguins.csv"}), frozenset({"predict", "sigmoid"}))


# ------------------------------------------------------------------------------------ rosters

_ROSTER = (
    'Student,ID,SIS Login ID,Email,Group,Extension\n"Doe, Jane",4711,jane,jane@x.org,A,2d\n'
    "José Núñez,0042,ada,ada@x.org,,2026-12-01\n"
)
_PEOPLE = [Person(f"{name}_{k}", name, (str(4710 + k), name.lower())) for k, name in enumerate(_NAMES)]


def try_rosters(number: int) -> str:
    """Read a mutated roster and find people in it."""
    chance = source("rosters", number)
    text = _ROSTER.replace(",", chance.choice(",;\t")).encode(chance.choice(("utf-8", "utf-16", "cp1252")))
    path = _course() / "roster.csv"
    path.write_bytes(mutated(text, chance))
    try:
        entries = read_roster(path)
        for entry in entries:
            seconds_longer(entry, datetime(2026, 11, 30))
    except SubmissionError as error:
        return _told(error)
    matched = match(entries, _PEOPLE)
    assert len(matched.entries) + len(matched.strangers) == len(_PEOPLE)
    assert len(matched.absent) + len({e.line for e in matched.entries.values()}) == len(entries)
    assert all(map(str.isprintable, matched.notes))
    return "matched" if matched.entries else "nobody"


TRIES: dict[str, Callable[[int], str]] = {
    "cells": try_cells,
    "large": try_large,
    "files": try_files,
    "wire": try_wire,
    "notebooks": try_notebooks,
    "outcomes": try_outcomes,
    "sequences": try_sequences,
    "reports": try_reports,
    "rubrics": try_rubrics,
    "downloads": try_downloads,
    "rosters": try_rosters,
    "tables": try_tables,
}


def kept(kind: str) -> Iterator[int]:
    """The numbers in seeds.txt of a kind: inputs that once failed."""
    for line in SEEDS.read_text(encoding="utf-8").splitlines():
        words = line.partition("#")[0].split()
        if words and words[0] == kind:
            yield int(words[1])


def main() -> int:
    """Try many inputs; the status is 1 where one failed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("kind", choices=TRIES)
    parser.add_argument("count", type=int, nargs="?", default=1000)
    parser.add_argument("--start", type=int, default=0)
    parser.add_argument("--only", type=int)
    options = parser.parse_args()
    attempt = TRIES[options.kind]
    if options.only is not None:
        print(attempt(options.only))
        return 0
    seen: Counter[str] = Counter()
    failed: list[int] = []
    slowest, began = (0.0, 0), time.perf_counter()
    for number in range(options.start, options.start + options.count):
        before = time.perf_counter()
        try:
            seen[attempt(number)] += 1
        except Exception as error:
            failed.append(number)
            print(f"{options.kind} {number}  # {type(error).__name__}: {error}"[:300], flush=True)
        slowest = max(slowest, (time.perf_counter() - before, number))
    seconds = time.perf_counter() - began
    print(f"{options.count:,} inputs in {seconds:.0f} s, {len(failed)} failed; {dict(seen.most_common(12))}")
    print(f"the slowest took {slowest[0] * 1000:.0f} ms: {options.kind} {slowest[1]}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
