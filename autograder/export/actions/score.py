"""Runs the public checks of a homework on GitHub, and writes a whole number of points for each exercise.

It runs beside the student's own code, in a repository that the student can change: the score is a claim, and
no mark. The homework is graded elsewhere, with other inputs.
"""

from __future__ import annotations

import importlib.util
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
EXERCISES = "exercises.json"
# Seconds for one exercise, with the time in which NumPy is loaded.
SECONDS = 60
_NEEDED = ("numpy", "matplotlib")
_MOST = 4_000
_SECRET = re.compile(r"TOKEN|SECRET|PASSWORD", re.IGNORECASE)
_ABOUT = "These are the public checks, run where you can change them: no mark. The grade uses other inputs."


@dataclass(frozen=True)
class Checked:
    """One exercise: its points here, and what is wrong; nothing where it is right."""

    name: str
    points: int
    problem: str

    @property
    def score(self) -> int:
        """All points, or none."""
        return 0 if self.problem else self.points


def main(arguments: Sequence[str]) -> int:
    """Check every exercise, and write what GitHub, or Classroom 50, asks for."""
    if len(arguments) == 4 and arguments[0] == "--judge":
        judge(arguments[1], Path(arguments[2]), Path(arguments[3]))
        return 0
    told = json.loads((HERE / EXERCISES).read_text(encoding="utf-8"))
    work = find_work(Path.cwd(), told["homework"])
    install()
    found = [Checked(name, points, problem_of(name, work)) for name, points in told["exercises"]]
    text = body(told, found)
    print(text)
    if os.environ.get("CLASSROOM"):
        Path("release-body.md").write_text(text, encoding="utf-8")
        Path("result.json").write_text(json.dumps(result(found, os.environ), indent=2), encoding="utf-8")
        return 0  # anything else would be a fault of this program
    if summary := os.environ.get("GITHUB_STEP_SUMMARY"):
        with open(summary, "a", encoding="utf-8") as file:
            file.write(text)
    return 0 if all(not each.problem for each in found) else 1


def find_work(root: Path, homework: str) -> Path:
    """The student's file, without its ending: at the top of the checkout, or in a folder of it.

    Parameters
    ----------
    root
        The student's checkout; hidden folders in it are passed over.
    homework
        Its name, as the file is called.
    """
    for pattern in ("", "*/", "*/*/"):
        places = {
            path.with_suffix("")
            for ending in (".py", ".ipynb")
            for path in root.glob(f"{pattern}{homework}{ending}")
            if not any(part.startswith(".") for part in path.relative_to(root).parts)
        }
        if places:
            return min(places)
    return root / homework


def install() -> None:
    """Install what the checks and students' experiments import, where it is not there."""
    missing = [name for name in _NEEDED if importlib.util.find_spec(name) is None]
    if missing:
        subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", "--user", *missing], check=True)


def problem_of(name: str, work: Path) -> str:
    """What is wrong with an exercise, from a process of its own: it may never end, or end everything.

    Parameters
    ----------
    name
        The function that the exercise asks for.
    work
        The student's file, as `find_work` gives it.

    Returns
    -------
    str
        A sentence or more; empty where all is right.
    """
    environment = {key: value for key, value in os.environ.items() if not _SECRET.search(key)}
    with tempfile.TemporaryDirectory() as folder:
        said = Path(folder, "said.json")
        command = [sys.executable, str(Path(__file__).resolve()), "--judge", name, str(work), str(said)]
        try:
            done = subprocess.run(
                command,
                env=environment,
                capture_output=True,
                timeout=SECONDS,
                check=False,
                stdin=subprocess.DEVNULL,
            )
        except subprocess.TimeoutExpired:
            return f"{name} was stopped after {SECONDS} seconds: look for a loop that never ends."
        try:
            return str(json.loads(said.read_text(encoding="utf-8"))["problem"])
        except (OSError, ValueError, KeyError, TypeError):
            return (
                f"Your code ended the process (exit status {done.returncode}) before {name} could be checked."
            )


def judge(name: str, work: Path, said: Path) -> None:
    """Check one exercise, and write down what is wrong.

    Parameters
    ----------
    name
        The function that the exercise asks for.
    work
        The student's file, as `find_work` gives it.
    said
        The JSON file to write; its ``problem`` is empty where all is right.
    """
    module = "own_checks"
    spec = importlib.util.spec_from_file_location(module, HERE / "checks" / "__init__.py")
    assert spec is not None
    assert spec.loader is not None
    checks = sys.modules[module] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(checks)
    problem = checks.edition(work).problem(name)
    said.write_text(json.dumps({"problem": problem}), encoding="utf-8")


def result(found: Sequence[Checked], environment: Mapping[str, str]) -> dict[str, Any]:
    """What Classroom 50 collects.

    Parameters
    ----------
    found
        All exercises, in the order in which they are shown.
    environment
        Classroom 50's variables: the classroom, the assignment, and where the work is.
    """
    told = {
        "schema": "classroom50/result/v1",
        "classroom": environment["CLASSROOM"],
        "assignment": environment["ASSIGNMENT"],
        "submission": environment["SUBMISSION_TAG"],
        "commit": environment["COMMIT_URL"],
        "release": environment["RELEASE_URL"],
        "review": environment.get("REVIEW_URL") or environment["COMMIT_URL"],
        "datetime": committed(),
        "score": sum(each.score for each in found),
        "max-score": sum(each.points for each in found),
    }
    tests = [
        {
            "test-name": each.name,
            "passed": not each.problem,
            "score": each.score,
            "max-score": each.points,
            "message": plain(each.problem),
        }
        for each in found
    ]
    return {**told, "tests": tests}


def committed() -> str:
    """When the commit was made, in UTC; now, where Git does not say."""
    done = subprocess.run(["git", "log", "-1", "--format=%ct"], capture_output=True, text=True, check=False)
    seconds = done.stdout.strip()
    when = datetime.fromtimestamp(int(seconds), UTC) if seconds.isdecimal() else datetime.now(UTC)
    return when.strftime("%Y-%m-%dT%H:%M:%SZ")


def body(told: Mapping[str, Any], found: Sequence[Checked]) -> str:
    """The feedback as Markdown; what a student's code says stands in blocks of code alone.

    Parameters
    ----------
    told
        What `EXERCISES` holds: the homework's title, and what points were multiplied by.
    found
        All exercises, in the order in which they are shown.
    """
    score, most = sum(each.score for each in found), sum(each.points for each in found)
    scaled = f" Scores are points times {told['scale']}." if told["scale"] != 1 else ""
    lines = [
        f"## {told['title']}: {score} of {most}",
        "",
        f"{_ABOUT}{scaled}",
        "",
        "| exercise | score |",
        "| --- | --- |",
    ]
    lines += [
        f"| {'✗' if each.problem else '✓'} `{each.name}` | {each.score} of {each.points} |" for each in found
    ]
    for each in found:
        if each.problem:
            text = plain(each.problem)
            fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", text)), default=0))
            lines += ["", f"### `{each.name}`", "", f"{fence}text", text, fence]
    return "\n".join(lines) + "\n"


def plain(text: str) -> str:
    """A text that is short, and steers nothing."""
    text = "".join(c if c.isprintable() or c == "\n" else "?" for c in text.replace("\r\n", "\n"))
    return text if len(text) <= _MOST else f"{text[:_MOST]}…"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
