"""What a class costs the process that coordinates: `python benchmarks/ledger.py [SIZE …]`.

A class of each size is graded by workers that judge nothing: they hand over a report that was made before,
with the student's name in it. What is left is reading, asking the ledger, putting down, and making the views.
Then the same class once more, of which nothing changed. Printed are students a second, processor milliseconds
a student of this process and of its workers, its peak memory, and bytes on disk.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))


class Here(Executor):
    """Runs what is submitted at once, in this process."""

    def submit(self, function: Any, /, *arguments: Any, **more: Any) -> Future[Any]:
        """The result."""
        future: Future[Any] = Future()
        future.set_result(function(*arguments, **more))
        return future


@dataclass(frozen=True)
class Idle:
    """A team that judges nothing."""

    report: Any
    workers: int = 1
    batch: int = 1
    lost: tuple[type[BaseException], ...] = ()
    told: tuple[str, ...] = ()

    @property
    def judge(self) -> Any:
        """What is submitted."""
        from autograder.batch import made_of

        def judged(works: list[Any]) -> Any:
            return [
                tuple(
                    made_of(msgspec.structs.replace(self.report, student=each.student, source=each.source))
                    for each in work.submissions
                )
                for work in works
            ]

        return judged

    @contextmanager
    def executor(self, job: Any, workers: int, a_class: bool) -> Iterator[Executor]:
        """This process."""
        yield Here()


def make(path: Path, count: int) -> None:
    """A class as one zip: a small file a student, another one for each."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for k in range(count):
            archive.writestr(f"student{k:06}.py", f"def predict(X, w, b):\n    return X @ w + b + {k}\n")


def grade(path: Path, out: Path, workers: int) -> None:
    """Grade a class with workers that judge nothing, and print what that took."""
    from autograder import grading_run
    from autograder.grader import Grader, Job, Work
    from autograder.intake import Asked
    from autograder.submission import Submission

    grader = Grader(Job("derivatives", ROOT))
    text = (ROOT / "docs" / "demo" / "derivatives" / "jun.py").read_text(encoding="utf-8")
    (report,) = grader.grade(Work("jun", (Submission("jun", (text,), "jun.py"),), b"of the benchmark"))
    grader.close()

    @contextmanager
    def team(*_: Any) -> Iterator[Any]:
        yield report.sandbox, Idle(report)

    grading_run._team = team  # type: ignore[assignment]
    for kind in ("new", "again"):
        own, others = time.process_time(), _children()
        began = time.perf_counter()
        with contextlib.redirect_stdout(io.StringIO()):
            grading_run.run("derivatives", path, out, ROOT, grading_run.Wish(workers), Asked(anyway=True))
        seconds = time.perf_counter() - began
        count = sum(1 for _ in (out / "reports").iterdir())
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        disk = sum(each.stat().st_size for each in out.rglob("*") if each.is_file())
        ledger = (out / "ledger.sqlite").stat().st_size
        print(
            f"{count:9,}  {kind:5} {count / seconds:9.0f} {1e3 * (time.process_time() - own) / count:9.2f} "
            f"{1e3 * (_children() - others) / count:9.2f} {peak:9.0f} {ledger / count / 1024:10.1f} "
            f"{disk / count / 1024:10.1f}",
            flush=True,
        )


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Measure each size in a process of its own."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sizes", type=int, nargs="*", default=[1_000, 10_000])
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--grade", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.grade:
        grade(options.grade, options.grade.parent / "out", options.workers)
        return
    print(" students  run    per second   ms here   ms there   peak MB  KB ledger    KB disk")
    for size in options.sizes:
        with tempfile.TemporaryDirectory() as place:
            path = Path(place, "class.zip")
            make(path, size)
            command = [sys.executable, __file__, "--grade", str(path), "--workers", str(options.workers)]
            subprocess.run(command, check=True, cwd=ROOT)


if __name__ == "__main__":
    main()
