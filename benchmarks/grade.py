"""How fast submissions of `derivatives` are graded: this grader, a fresh Python each, nbgrader, the floor.

    python benchmarks/grade.py [--students 60] [--rounds 3]

All in one run, in turns, on right submissions, so that the ratios hold
whatever the machine does meanwhile. The floor makes the same calls and the same judgements in one warm
process without a sandbox: what is above it is the price of not trusting anybody.
"""

from __future__ import annotations

import argparse
import ast
import json
import os
import pickle
import shutil
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from autograder.batch import grade_all
from autograder.course import load_homework
from autograder.grader import Job, Work
from autograder.grading import grade
from autograder.homework import Homework
from autograder.judging import trial as trial_module
from autograder.processes import Processes
from autograder.rules.values import judge as values_module
from autograder.sandbox.host import Code, Loaded, Raised, Returned
from autograder.sandbox.inside.wire import OfNumPy
from autograder.submission import Candidates, Submission, read

COURSE = Path(__file__).parents[1]
NAME = "derivatives"
SECRET = b"a secret for the benchmark alone"


def right_submissions() -> list[Submission]:
    """A student's right module from the demo class, and the instructor's own notebook as text."""
    places = (COURSE / "docs" / "demo" / NAME / "ada.py", COURSE / "solutions" / NAME / f"{NAME}.py")
    return [read(place.read_bytes(), place.name, "a student") for place in places]


def students(count: int) -> list[Candidates]:
    """As many students, each with one of the right submissions."""
    base = right_submissions()
    made = []
    for k in range(count):
        chosen = base[k % len(base)]
        name = f"student{k:04}"
        submission = Submission(name, chosen.cells, chosen.source)
        made.append(Candidates(name, name, (submission,)))
    return made


# --------------------------------------------------------------------------- the floor: one process


@dataclass
class Direct:
    """A request that was never encoded."""

    function: str
    calls: list[tuple[Any, ...]]
    outcomes: list[Any] = field(default_factory=list)


class Warm:
    """Stands for a sandbox: runs submissions here."""

    level = "none"

    def __init__(self) -> None:
        self.requests: list[Direct] = []

    @contextmanager
    def session(self, code: Code) -> Iterator[Warm]:
        self.names: dict[str, Any] = {"__name__": "submission"}
        for cell in code.cells:
            exec(compile(definitions(cell), "submission", "exec"), self.names)
        self.loaded = Loaded(frozenset(name for name, value in self.names.items() if callable(value)))
        yield self

    def send(self, request: Direct) -> Direct:
        request = Direct(request.function, request.calls)  # curves' requests are shared by all students
        self.requests.append(request)
        function = self.names[request.function]
        for arguments in request.calls:
            try:
                request.outcomes.append(Returned(function(*map(arrived, arguments))))
            except Exception as error:
                request.outcomes.append(Raised((type(error).__name__,), str(error)))
        return request

    def collect(self, request: Direct) -> list[Any]:
        return request.outcomes

    def printed(self) -> str:
        return ""


def arrived(argument: Any) -> Any:
    """An argument as it would come out of a request."""
    return argument.value if isinstance(argument, OfNumPy) else argument


@cache
def definitions(cell: str) -> str:
    """What of a submission is run when it is graded: its functions, and NumPy."""
    body = [node for node in ast.parse(cell).body if isinstance(node, ast.FunctionDef)]
    return "import numpy as np\n" + ast.unparse(ast.Module(body, []))


@contextmanager
def not_encoded() -> Iterator[None]:
    """Let requests keep their arguments as they are."""

    def prepare(function: str, calls: Any, _bind: Any = None, **_how: Any) -> Direct:
        return Direct(function, list(calls))

    before = trial_module.prepare
    trial_module.prepare = values_module.prepare = prepare  # type: ignore[assignment,attr-defined]
    values_module._request_along.cache_clear()
    try:
        yield
    finally:
        trial_module.prepare = values_module.prepare = before  # type: ignore[attr-defined]
        values_module._request_along.cache_clear()


def floor(homework: Homework, everyone: list[Candidates]) -> float:
    """Seconds for everyone, in this process."""
    with not_encoded():
        warm = Warm()
        grade(homework, everyone[0].submissions[0], warm, SECRET)  # type: ignore[arg-type]
        began = time.perf_counter()
        for candidates in everyone:
            warm.requests.clear()
            report = grade(homework, candidates.submissions[0], warm, SECRET)  # type: ignore[arg-type]
            assert report.score == homework.max_score, report
        return time.perf_counter() - began


# ------------------------------------------------------------------------ a fresh Python each

FRESH = """
import pickle, sys
sys.path.insert(0, sys.argv[3])
cells, requests = pickle.load(open(sys.argv[1], "rb"))
names = {"__name__": "submission"}
for cell in cells:
    exec(compile(cell, "submission", "exec"), names)
results = [[names[function](*arguments) for arguments in calls] for function, calls in requests]
pickle.dump(results, open(sys.argv[2], "wb"))
"""


def fresh(homework: Homework, everyone: list[Candidates]) -> float:
    """Seconds for everyone, each in a new ``python -I`` that makes the same calls; nothing is judged."""
    with tempfile.TemporaryDirectory() as place:
        jobs = []
        with not_encoded():
            for k, candidates in enumerate(everyone):
                warm = Warm()
                grade(homework, candidates.submissions[0], warm, SECRET)  # type: ignore[arg-type]
                cells = [definitions(cell) for cell in candidates.submissions[0].cells]
                calls = [
                    (each.function, [tuple(map(arrived, arguments)) for arguments in each.calls])
                    for each in warm.requests
                ]
                job = Path(place, f"{k}.in")
                job.write_bytes(pickle.dumps((cells, calls)))
                jobs.append(job)
        began = time.perf_counter()
        for job in jobs:
            packages = sysconfig.get_path("platlib")
            command = [sys.executable, "-I", "-c", FRESH, str(job), str(job.with_suffix(".out")), packages]
            subprocess.run(command, check=True)
        return time.perf_counter() - began


# ------------------------------------------------------------------------------------- nbgrader


def nbgrader(count: int) -> float:
    """Seconds for a submission with ``nbgrader autograde`` and its own kernel, start-up left out."""
    with tempfile.TemporaryDirectory() as place:
        course = Path(place)
        environment = {
            **os.environ,
            "PATH": f"{sysconfig.get_path('scripts')}{os.pathsep}{os.environ['PATH']}",
        }

        def run(*command: str) -> float:
            began = time.perf_counter()
            done = subprocess.run(["nbgrader", *command], cwd=course, env=environment, capture_output=True)
            if done.returncode:
                sys.exit(done.stderr.decode()[-2000:])
            return time.perf_counter() - began

        kit = COURSE / "assignments" / NAME
        shutil.copytree(kit, course / "source" / NAME)
        run("generate_assignment", NAME)
        for k in range(count):
            folder = course / "submitted" / f"student{k}" / NAME
            shutil.copytree(kit, folder)
            solve(folder / f"{NAME}.ipynb")
        one = run("autograde", NAME, "--student", "student0")
        rest = run("autograde", NAME)
        return (rest - one) / (count - 2) if count > 2 else rest


def solve(path: Path) -> None:
    """Write a right submission's functions into the cells of a released notebook."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    text = (COURSE / "docs" / "demo" / NAME / "ada.py").read_text(encoding="utf-8")
    for cell in notebook["cells"]:
        name = cell["metadata"].get("nbgrader", {}).get("grade_id", "")
        if cell["metadata"].get("nbgrader", {}).get("solution"):
            cell["source"] = (
                "def " + f"{name}(" + text.partition(f"def {name}(")[2].partition("\n\n\ndef ")[0]
            )
    path.write_text(json.dumps(notebook), encoding="utf-8")


# ------------------------------------------------------------------------------------------ all


def ours(everyone: list[Candidates], workers: int) -> float:
    """Seconds for everyone with this grader, its start left out: the first results of each worker."""
    works = [Work(each.slug, each.submissions, SECRET) for each in [*everyone[: 4 * workers], *everyone]]
    graded = grade_all(Job(NAME, COURSE), works, Processes(workers))
    for _ in range(4 * workers):
        next(graded)
    began = time.perf_counter()
    for each in graded:
        (report,) = each.reports
        assert report.score > 0, report
        assert report.score == report.max_score, report
    return time.perf_counter() - began


def main() -> None:
    """Measure in turns and print medians, ratios and rates."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--students", type=int, default=60)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--notebooks", type=int, default=6)
    chosen = parser.parse_args()
    homework = load_homework(NAME, COURSE)
    everyone = students(chosen.students)
    ways: dict[str, Callable[[], float]] = {
        "this grader, 1 worker": lambda: ours(everyone, 1) / len(everyone),
        "this grader, 2 workers": lambda: ours(everyone, 2) / len(everyone),
        "fresh python -I each": lambda: fresh(homework, everyone[:12]) / 12,
        "floor: one warm process, no sandbox": lambda: floor(homework, everyone) / len(everyone),
    }
    times: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(chosen.rounds):
        for name, measure in ways.items():
            times[name].append(measure())
    times["nbgrader autograde, its kernel"] = [nbgrader(chosen.notebooks)]
    medians = {name: statistics.median(each) for name, each in times.items()}
    slowest, lowest = (
        medians["nbgrader autograde, its kernel"],
        medians["floor: one warm process, no sandbox"],
    )
    print(f"{len(everyone)} students, medians of {chosen.rounds} rounds, in ms a submission")
    print(f"{'':38}{'ms':>8}{'per second':>12}{'x nbgrader':>12}{'x floor':>9}")
    for name, each in medians.items():
        row = (1e3 * each, 1 / each, slowest / each, each / lowest)
        print(f"{name:38}{row[0]:8.1f}{row[1]:12.1f}{row[2]:12.0f}{row[3]:9.1f}")


if __name__ == "__main__":
    main()
