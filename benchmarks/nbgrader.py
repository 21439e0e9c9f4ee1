"""The same notebooks through `nbgrader autograde`: with its kernel, with our step, and the fast way round it.

    python benchmarks/nbgrader.py [--notebooks 50] [--kernel 10]

All in one run, in a course made for it. With the kernel only some of the notebooks are graded, as each
takes seconds. The fast way is `autograder grade` and `autograder export --to nbgrader`. What nbgrader
needs whatever is done with the cells is measured with no cell run: its start, and the conversion of a
notebook.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import shutil
import subprocess
import sysconfig
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

COURSE = Path(__file__).parents[1]
SCRIPTS = Path(sysconfig.get_path("scripts"))
NAME = "derivatives"
KERNEL = "c.Autograde.autograde_preprocessors[0] = 'nbgrader.preprocessors.Execute'\n"
NOTHING = "c.Autograde.autograde_preprocessors = c.Autograde.autograde_preprocessors[1:]\n"


def main() -> None:
    """Print seconds and marks side by side."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--notebooks", type=int, default=50)
    parser.add_argument("--kernel", type=int, default=10)
    options = parser.parse_args()
    with course() as folder:
        students = [f"student{k:03}" for k in range(options.notebooks)]
        for number, student in enumerate(students):
            hand_in(folder, student, number)
        some = students[: options.kernel]
        run(folder, "generate_assignment", NAME)
        start = min(timed(folder, "autograde", "--help")[0] for _ in range(3))
        rows: dict[str, tuple[float, int, dict[str, float]]] = {}
        for what, change, whose in (
            ("nbgrader, no cell run", NOTHING, students),
            ("nbgrader with our step", "", students),
            ("nbgrader with its kernel", KERNEL, some),
        ):
            with configured(folder, change):
                chosen = [] if whose is students else ["--student", f"student00[0-{len(some) - 1}]"]
                seconds, _ = timed(folder, "autograde", NAME, "--force", *chosen)
                rows[what] = seconds, len(whose), {} if change == NOTHING else scores(folder)
        began = time.perf_counter()
        tool(folder, "autograder", "grade", NAME, "submitted")
        tool(folder, "autograder", "export", NAME, "--to", "nbgrader")
        rows["grade + export (fast way)"] = time.perf_counter() - began, len(students), scores(folder)
    show(rows, start, some)


def show(rows: dict[str, tuple[float, int, dict[str, float]]], start: float, some: Sequence[str]) -> None:
    """A table, and what share of it is nbgrader's own."""
    ours = rows["nbgrader with our step"]
    print(f"{'':28}{'notebooks':>10}{'seconds':>9}{'each':>10}{'ratio':>8}  marks of the first {len(some)}")
    for what, (seconds, count, marks) in rows.items():
        each, ratio = seconds / count, seconds / count / (ours[0] / ours[1])
        listed = " ".join(f"{marks[student]:g}" for student in some) if marks else "(none: nothing is run)"
        print(f"{what:28}{count:>10}{seconds:>9.1f}{1e3 * each:>7.0f} ms{ratio:>8.2f}  {listed}")
    bare = rows["nbgrader, no cell run"][0]
    print(f"nbgrader's own start: {start:.1f} s; its start and conversion: {bare / ours[0]:.0%} of our time")


@contextmanager
def course() -> Iterator[Path]:
    """A fresh course of nbgrader's."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place, "course")
        folder.mkdir()
        shutil.copytree(COURSE / "solutions", folder / "solutions")
        shutil.copy(COURSE / "nbgrader_config.py", folder)
        yield folder


@contextmanager
def configured(folder: Path, change: str) -> Iterator[None]:
    """The course with other settings for a while."""
    path = folder / "nbgrader_config.py"
    before = path.read_text()
    path.write_text(before + change)
    try:
        yield
    finally:
        path.write_text(before)


def hand_in(folder: Path, student: str, number: int) -> None:
    """A right notebook, or one with a mistake, beside the files of the kit that its kernel needs."""
    kit = COURSE / "assignments" / NAME
    place = folder / "submitted" / student / NAME
    shutil.copytree(kit, place, ignore=shutil.ignore_patterns("*.ipynb", "__pycache__", f"{NAME}.py"))
    notebook: dict[str, Any] = json.loads((kit / f"{NAME}.ipynb").read_text(encoding="utf-8"))
    solved = (COURSE / "solutions" / NAME / f"{NAME}.py").read_text(encoding="utf-8")
    functions = {part.split("(")[0]: f"def {part}" for part in solved.split("\ndef ")[1:]}
    for cell in notebook["cells"]:
        about = cell["metadata"].get("nbgrader", {})
        if about.get("solution"):
            body = functions[about["grade_id"]].split("\n# %%")[0]
            cell["source"] = body.replace(" - y", " + y") if number % 3 == 2 else body
    (place / f"{NAME}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")


def timed(folder: Path, *words: str) -> tuple[float, str]:
    """Seconds that one of nbgrader's commands takes, and what it said."""
    start = time.perf_counter()
    said = run(folder, *words)
    return time.perf_counter() - start, said


def run(folder: Path, *words: str) -> str:
    """One of nbgrader's commands."""
    return tool(folder, "nbgrader", *words)


def tool(folder: Path, *words: str) -> str:
    """A command of the environment's."""
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
    done = subprocess.run(
        [SCRIPTS / words[0], *words[1:]], cwd=folder, env=environment, capture_output=True, text=True
    )
    if done.returncode:
        raise SystemExit(f"{' '.join(words)} failed:\n{done.stdout}{done.stderr}")
    return done.stdout + done.stderr


def scores(folder: Path) -> dict[str, float]:
    """The marks that nbgrader exports."""
    run(folder, "export", "--to", "marks.csv")
    with (folder / "marks.csv").open(encoding="utf-8") as file:
        return {row["student_id"]: float(row["raw_score"]) for row in csv.DictReader(file)}


if __name__ == "__main__":
    main()
