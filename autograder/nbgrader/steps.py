"""The two places where nbgrader's autograding is ours: how a submission is read, and how it is run."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path
from typing import Any

from nbconvert.exporters import NotebookExporter
from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Float, Int, Unicode
from traitlets.config import Configurable

from autograder.course import homework_names
from autograder.errors import AutograderError, HomeworkError
from autograder.grader import Job, Work, homework_of
from autograder.homework import Homework
from autograder.nbgrader.export import known_points
from autograder.nbgrader.notebook import rebuilt
from autograder.nbgrader.outputs import show
from autograder.processes import Worker
from autograder.release.notebook import grade_ids
from autograder.report import Report, total
from autograder.sandbox import selftest
from autograder.sandbox.host import Sandbox
from autograder.sandbox.limits import LEAST_MEMORY, Limits
from autograder.secret import course_secret, secret_of
from autograder.submission import Candidates, Submission, collect_one, wanted_of


class StaleGradebookError(AutograderError):
    """nbgrader's gradebook knows other exercises than the rubric; the message says what to do."""


class SandboxSettings(Configurable):
    """What both places need to know."""

    course = Unicode(help="The folder that holds solutions/.").tag(config=True)
    level = Unicode(
        "auto", help="auto, namespaces, landlock, or none (no protection: for your own code only)."
    ).tag(config=True)
    call_seconds = Float(
        Limits.call_seconds, help="Processor seconds of one call of a student's function."
    ).tag(config=True)
    total_seconds = Int(Limits.total_seconds, min=1, help="Processor seconds of a whole submission.").tag(
        config=True
    )
    memory = Int(
        Limits.memory >> 20, min=LEAST_MEMORY >> 20, help="Megabytes that a submission may use."
    ).tag(config=True)
    output = Int(Limits.output >> 10, min=0, help="Kilobytes of printed text that are kept.").tag(config=True)

    def homework(self, name: str) -> Homework | None:
        """A homework of this course."""
        course = Path(self.course)
        return homework_of(name, course) if name in homework_names(course) else None

    def grade(self, homework: Homework, student: str, submission: Submission) -> Report:
        """The report of one submission.

        Parameters
        ----------
        homework
            What to judge by.
        student
            As nbgrader calls them: their probes are drawn from it.
        submission
            What to judge.
        """
        limits = Limits(
            call_seconds=self.call_seconds,
            total_seconds=self.total_seconds,
            memory=self.memory << 20,
            output=self.output << 10,
        )
        worker = _worker(homework.name, Path(self.course), self.level, limits, os.getpid())
        secret = secret_of(course_secret(Path(self.course)), homework.name, student)
        return worker.judge(Work(student, (submission,), secret))[0]


class SubmissionExporter(SandboxSettings, NotebookExporter):
    """Reads what a student handed in, however it is named and whatever state it is in.

    For a homework of this course the notebook is built anew (`autograder.nbgrader.notebook`) from the file in
    the student's folder that earns most; any other notebook is read as nbgrader does.
    """

    def from_filename(self, filename: str, resources: Any = None, **keywords: Any) -> Any:
        """Convert a notebook file, or what stands in its place.

        Parameters
        ----------
        filename
            The path of a notebook in the student's folder.
        resources
            nbconvert's; ``resources["nbgrader"]`` names assignment and gradebook.
        keywords
            As nbconvert hands them on.

        Raises
        ------
        StaleGradebookError
            When the gradebook has other exercises or points than the rubric.
        """
        about = (resources or {}).get("nbgrader", {})
        homework = self.homework(about.get("assignment", ""))
        if homework is None or not getattr(self.parent, "_sanitizing", False):
            return super().from_filename(filename, resources, **keywords)
        _insist_on_known(about, homework)
        candidates = collect_one(Path(filename).absolute().parent, wanted_of(homework, Path(self.course)))
        submission = self._best(homework, candidates)
        for said in (*submission.notes, *filter(None, [submission.problem])):
            self.log.warning("%s: %s", candidates.student, said)
        return self.from_notebook_node(rebuilt(homework, submission), resources, **keywords)

    def _best(self, homework: Homework, candidates: Candidates) -> Submission:
        """The submission that earns most; the first, on a tie."""
        if len(candidates.submissions) == 1:
            return candidates.submissions[0]
        return max(
            candidates.submissions,
            # nbgrader has a score for each cell: what guesses give back counts for nothing here
            key=lambda each: total(self.grade(homework, candidates.student, each).exercises),
        )


class SandboxedExecute(SandboxSettings, NbGraderPreprocessor):
    """In place of nbgrader's `Execute`: no kernel is started, the code cells run in the sandbox.

    Each check cell gets its score, and the feedback that the student should see.
    """

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Grade a notebook in place.

        Parameters
        ----------
        nb
            A notebook of `nbformat` with the check cells.
        resources
            nbconvert's; ``resources["nbgrader"]`` names assignment, notebook and student.

        Returns
        -------
        tuple
            The same two.

        Raises
        ------
        HomeworkError, GraderFaultError
            When the assignment is no homework of the course, or an exercise could not be judged.
        """
        about = resources["nbgrader"]
        homework = self.homework(about["assignment"])
        if homework is None:
            raise HomeworkError(
                f"There is no homework {about['assignment']!r} in {Path(self.course, 'solutions')}: "
                "grade other assignments with nbgrader's own configuration."
            )
        cells = tuple(cell.source for cell in nb.cells if cell.cell_type == "code")
        file = f"{about['notebook']}.ipynb"
        modules = _modules(resources, homework, file)
        submission = Submission(about["student"], cells, file, modules=modules, notebook=True)
        show(nb, self.grade(homework, about["student"], submission))
        return nb, resources


def _modules(resources: Any, homework: Homework, file: str) -> tuple[tuple[str, str], ...]:
    """The student's other files, which lie beside the notebook."""
    folder = resources.get("metadata", {}).get("path")
    if not folder:
        return ()
    try:
        found = collect_one(Path(folder).absolute(), homework.name, homework.data)
    except AutograderError:
        return ()
    return next((each.modules for each in found.submissions if each.source.endswith(file)), ())


def _insist_on_known(about: Any, homework: Homework) -> None:
    """That the gradebook has the rubric's exercises with their points, of which a score is made."""
    wanted = grade_ids(homework)
    with Gradebook(about["db_url"]) as gradebook:
        known = known_points(gradebook, homework.name)
    if known != wanted:
        raise StaleGradebookError(
            f"The gradebook has other exercises for {homework.name} than its rubric: "
            f"run `nbgrader generate_assignment {homework.name} --force` first."
        )


@lru_cache(maxsize=8)
def _worker(name: str, course: Path, level: str, limits: Limits, process: int) -> Worker:
    """A process that grades, whose sandbox outlives the submission: what ends it does not end nbgrader."""
    with Sandbox(level, limits) as tried:
        selftest.insist(tried)
    return Worker(Job(name, course, tried.level, limits))
