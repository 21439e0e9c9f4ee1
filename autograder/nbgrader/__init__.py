"""nbgrader with our sandbox in it: what `nbgrader_config.py` switches on, and marks put into its gradebook.

`source` writes what nbgrader releases, `exchange` collects what comes back and `notebook` mends it, `steps`
are the two places where autograding is ours, `outputs` what then stands below the cells, `pages` the feedback
as HTML, `export` puts reports into gradebook.db.
"""

from __future__ import annotations

import os
import sysconfig
from functools import partial
from pathlib import Path
from typing import Any

from autograder.course import homework_names
from autograder.handouts import STUB
from autograder.nbgrader.source import refresh
from autograder.questions import WRITE_HERE

__all__ = ["configure", "find_alembic"]

_STEPS = "autograder.nbgrader.steps"
_PAGES = "autograder.nbgrader.pages"


def configure(settings: Any, course: Path) -> None:
    """Make a folder a course of nbgrader's whose submissions run in the sandbox.

    Parameters
    ----------
    settings
        nbgrader's configuration, the `c` of nbgrader_config.py.
    course
        The folder that holds solutions/; nbgrader's own folders are made beside it.
    """
    find_alembic()
    course = course.resolve()
    settings.CourseDirectory.root = str(course)
    settings.ClearSolutions.code_stub = {"python": STUB}
    settings.ClearSolutions.text_stub = WRITE_HERE
    settings.Autograde.pre_convert_hook = partial(_one_notebook, course)
    settings.Autograde.exporter_class = f"{_STEPS}.SubmissionExporter"
    settings.Autograde.autograde_preprocessors = [
        f"{_STEPS}.SandboxedExecute",
        "nbgrader.preprocessors.LimitOutput",
        "nbgrader.preprocessors.SaveAutoGrades",
        "nbgrader.preprocessors.AssignLatePenalties",
        "nbgrader.preprocessors.CheckCellMetadata",
    ]
    settings.GenerateFeedback.exporter_class = f"{_PAGES}.FeedbackExporter"
    settings.ExchangeFactory.collect = "autograder.nbgrader.exchange.Collect"
    settings.SandboxSettings.course = str(course)
    refresh(course)


def find_alembic() -> None:
    """Let nbgrader find `alembic`, which it calls by its name for a new gradebook, from whatever shell."""
    scripts, path = sysconfig.get_path("scripts"), os.environ.get("PATH", os.defpath)
    if scripts not in path.split(os.pathsep):
        os.environ["PATH"] = os.pathsep.join([scripts, path])


def _one_notebook(course: Path, *, notebooks: list[str], **about: Any) -> None:
    """Let nbgrader ask for the one notebook that it knows: whatever stands in the folder is read for it.

    Parameters
    ----------
    notebooks
        The notebooks of one student that nbgrader is about to grade; changed in place.
    """
    folder = Path(notebooks[0]).parent
    if folder.name in homework_names(course):
        notebooks[:] = [str(folder / f"{folder.name}.ipynb")]
