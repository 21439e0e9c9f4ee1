"""What runs in Gradescope's container: one submission is graded, and ``results.json`` is written whole.

The folders are Gradescope's: ``source``, ``submission``, ``submission_metadata.json`` and ``results`` lie
beside each other. What is printed is for instructors alone.
"""

from __future__ import annotations

import json
import os
import stat
import sys
import tempfile
import time
import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.budget import limit_memory
from autograder.errors import AutograderError
from autograder.export.gradescope import results
from autograder.export.gradescope.machine import REFEREE, limits_on, machine
from autograder.grader import Grader, Job, Work, homework_of
from autograder.ledger.rows import JudgedFile, Participant
from autograder.printable import printable
from autograder.report import HandedIn, Report
from autograder.sandbox import selftest
from autograder.sandbox.host import Limits, Sandbox
from autograder.sandbox.levels import SandboxError
from autograder.secret import secret_of
from autograder.standing import standing
from autograder.submission.collecting import collect_one
from autograder.submission.wanted import wanted_of

SETTINGS, SECRET, COURSE = "grading.json", "secret", "course"
_METADATA = "submission_metadata.json"
_MOST = 100_000_000


@dataclass(frozen=True)
class Settings:
    """What an instructor chose when the zip was made.

    Parameters
    ----------
    homework
        Its name.
    second_user
        Whether code may run as another user where there is no Landlock.
    """

    homework: str
    second_user: bool = False


def main(home: Path) -> None:
    """Grade what lies in `home`, and write the results; they are there whatever happens."""
    began = time.monotonic()
    maximum = 0.0
    try:
        settings = read_settings(home / "source")
        homework = homework_of(settings.homework, home / "source" / COURSE)
        maximum = homework.max_score
        report = grade(home, settings)
        visibility = {exercise.function: exercise.visibility for exercise in homework.exercises}
        made = results.results(report, visibility, time.monotonic() - began)
        for name in made["extra_data"]["not_judged"]:
            print(f"Not judged: {name}. The grader failed there: run the autograder again.")
    except AutograderError as error:
        print(f"Nothing was graded: {error}")
        made = results.failed(maximum)
    except Exception:
        traceback.print_exc(file=sys.stdout)
        made = results.failed(maximum)
    write(home / "results", made)


def prepare(home: Path) -> None:
    """Derive what submissions are compared with, and keep it: once, when the image is built.

    Raises
    ------
    AutograderError
        When the rubric cannot be used.
    """
    homework_of(read_settings(home / "source").homework, home / "source" / COURSE).prepare()


def read_settings(source: Path) -> Settings:
    """What was chosen when the zip was made."""
    told = json.loads((source / SETTINGS).read_text("utf-8"))
    return Settings(told["homework"], told["second_user"])


def grade(home: Path, settings: Settings) -> Report:
    """The report of the submission.

    Parameters
    ----------
    home
        The folder that Gradescope's folders lie in.
    settings
        What an instructor chose when the zip was made.

    Raises
    ------
    AutograderError
        When the container has too little of something, or no sandbox.
    """
    _close_to_others(home)
    limits = limits_on(machine())
    level = _level(settings, limits)
    course = home / "source" / COURSE
    homework = homework_of(settings.homework, course)
    metadata = _metadata(home / _METADATA)
    member = _member(metadata)
    secret = secret_of((home / "source" / SECRET).read_bytes(), homework.name, member.slug)
    candidates = collect_one(home / "submission", wanted_of(homework, course))
    # one step of the referee takes no more than what is kept for it
    limit_memory(REFEREE // 2)
    grader = Grader(Job(homework.name, course, level, limits))
    try:
        reports = grader.grade(Work(member.slug, candidates.submissions, secret))
    finally:
        grader.close()
    told = HandedIn(
        "gradescope", member.name, list(member.ids), when=str(metadata.get("created_at", ""))[:40]
    )
    return standing(member, [(JudgedFile("", told), report) for report in reports], {}, None)


def write(folder: Path, made: Mapping[str, Any]) -> None:
    """Write ``results.json`` in one go.

    Parameters
    ----------
    folder
        Gradescope's ``results``; it is made where it is missing.
    made
        What the file is to hold, as `results.results` and `results.failed` give it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(prefix=".results.", dir=folder)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(made, file, allow_nan=False)
        file.flush()
        os.fsync(file.fileno())
    os.chmod(name, 0o644)
    os.replace(name, folder / "results.json")


def _close_to_others(home: Path) -> None:
    """Let nobody but root look at the rubric, the results of others and what Gradescope told."""
    if os.geteuid() != 0:
        return
    for path in (home / "source", home / "results", home / _METADATA):
        if path.exists():
            path.chmod(stat.S_IMODE(path.stat().st_mode) & ~0o007)


def _level(settings: Settings, limits: Limits) -> str:
    """The strongest level that holds here.

    Raises
    ------
    SandboxError
        When there is none, and no second user was asked for.
    """
    reasons = []
    for wanted in ("namespaces", "landlock", *(("user",) if settings.second_user else ())):
        try:
            with Sandbox(wanted, limits) as tried:
                selftest.insist(tried)
        except SandboxError as error:
            reasons.append(f"{wanted}: {error}")
            continue
        print(f"Sandbox: {wanted}; sandbox self-test passed")
        if wanted == "user":
            print(f"NOTICE: code runs as a second user, who may read what anybody may. {' '.join(reasons)}")
        return wanted
    raise SandboxError(
        f"{' '.join(reasons)} Choose a base image with Landlock; or make the autograder again with "
        "--second-user, if code may run as another user of the container."
    )


def _metadata(path: Path) -> dict[str, Any]:
    """What Gradescope tells of the submission; nothing where it is missing or damaged."""
    try:
        with open(path, "rb") as file:
            told = json.loads(file.read(_MOST))
    except (OSError, ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def _member(metadata: Mapping[str, Any]) -> Participant:
    """Whose it is: one person, or all of a group; the same numbers are drawn for them each time."""
    users = metadata.get("users")
    people = [user for user in users if isinstance(user, dict)] if isinstance(users, list) else []
    ids = sorted(str(user.get("id") or user.get("email") or "") for user in people)
    names = " & ".join(printable(str(user.get("name") or "")) for user in people)[:200]
    shown = tuple(printable(each)[:200] for each in ids if each)
    return Participant(names or "student", "+".join(shown) or "student", names, shown)


if __name__ == "__main__":
    if sys.argv[1] == "--prepare":
        prepare(Path(sys.argv[2]))
    else:
        main(Path(sys.argv[1]))
