"""A course of nbgrader's in a folder of its own, and its commands as people run them."""

from __future__ import annotations

import csv
import json
import shutil
import sysconfig
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import commands

ROOT = Path(__file__).parents[2]
SCRIPTS = Path(sysconfig.get_path("scripts"))


@dataclass(frozen=True)
class Course:
    """An instructor's folder, the exchange, and where students have their homes."""

    place: Path
    path: str = "/usr/bin:/bin"

    @classmethod
    def make(cls, place: Path, config: bool = True) -> Course:
        """A fresh course, as it is cloned: without nbgrader's folders."""
        course = cls(place) if config else cls(place, f"{SCRIPTS}:/usr/bin:/bin")
        course.folder.mkdir(parents=True)
        course.exchange.mkdir(mode=0o777)
        course.exchange.chmod(0o777)
        shutil.copytree(ROOT / "solutions", course.folder / "solutions")
        if config:
            shutil.copy(ROOT / "nbgrader_config.py", course.folder)
        settings = place / "config"
        settings.mkdir()
        (settings / "nbgrader_config.py").write_text(
            f"c = get_config()\nc.Exchange.root = {str(course.exchange)!r}\n"
            f"c.Exchange.assignment_dir = '.'\nc.CourseDirectory.course_id = 'deep_learning'\n"
        )
        return course

    @property
    def folder(self) -> Path:
        """The instructor's."""
        return self.place / "course"

    @property
    def exchange(self) -> Path:
        """What students and instructors share."""
        return self.place / "exchange"

    def home(self, student: str) -> Path:
        """A student's folder."""
        home = self.place / "home" / student
        home.mkdir(parents=True, exist_ok=True)
        return home

    def environment(self, user: str = "instructor") -> dict[str, str]:
        """A shell as cron's is, which has never heard of this project's environment."""
        return {
            "PATH": self.path,
            "HOME": str(self.place),
            "LANG": "C.UTF-8",
            "JUPYTER_CONFIG_DIR": str(self.place / "config"),
            "JUPYTER_DATA_DIR": str(self.place / "data"),
            "JUPYTER_RUNTIME_DIR": str(self.place / "runtime"),
            "IPYTHONDIR": str(self.place / "ipython"),
            "JUPYTERHUB_USER": user,
            "OPENBLAS_NUM_THREADS": "1",
        }

    def run(self, *words: str, user: str = "instructor", cwd: Path | None = None, fails: bool = False) -> str:
        """Run a command of the environment's; what it said."""
        done = commands.run(*words, cwd=cwd or self.folder, env=self.environment(user))
        said = done.stdout + done.stderr
        assert fails == bool(done.returncode), f"{' '.join(words)} ended with {done.returncode}\n{said}"
        return said

    def nbgrader(self, *words: str, **options: Any) -> str:
        """Run one of nbgrader's commands."""
        return self.run("nbgrader", *words, **options)

    def scores(self) -> dict[str, float]:
        """What `nbgrader export` says each student has for `derivatives`."""
        self.nbgrader("export", "--to", "grades.csv")
        with open(self.folder / "grades.csv", newline="") as file:
            rows = [row for row in csv.DictReader(file) if row["assignment"] == "derivatives"]
        return {row["student_id"]: float(row["score"]) for row in rows}

    def cells(self) -> dict[str, dict[str, float]]:
        """The automatic score of every check cell of `derivatives`, by student."""
        from nbgrader.api import Gradebook

        with Gradebook(f"sqlite:///{self.folder / 'gradebook.db'}", "deep_learning") as gradebook:
            return {
                submission.student.id: {
                    grade.cell.name: grade.auto_score
                    for notebook in submission.notebooks
                    for grade in notebook.grades
                }
                for submission in gradebook.assignment_submissions("derivatives")
            }


def source(course: Course, name: str = "derivatives") -> dict[str, Any]:
    """The instructor's notebook."""
    return json.loads((course.folder / "source" / name / f"{name}.ipynb").read_text())


def hand_in(course: Course, student: str, notebook: Any, file: str = "derivatives.ipynb") -> Path:
    """Put a notebook where nbgrader collects it."""
    place = course.folder / "submitted" / student / "derivatives" / file
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(notebook if isinstance(notebook, str) else json.dumps(notebook))
    return place
