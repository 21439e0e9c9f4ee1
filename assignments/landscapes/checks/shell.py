"""What ``get_ipython()`` gives where a notebook is read outside Jupyter: files and cells are run."""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from .magics import RUN, TIMED, timed


class Shell:
    """Runs what magics run, and answers everything else with itself.

    Parameters
    ----------
    folder
        Where the notebook lies.
    run
        Runs cells in the notebook's names.
    """

    def __init__(self, folder: Path, run: Callable[[Sequence[str]], None]) -> None:
        self._folder, self._run = folder, run

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return lambda *_arguments, **_keywords: self

    def run_line_magic(self, name: str, line: str = "", *_more: Any) -> Any:
        """As ``%name line``.

        Parameters
        ----------
        name
            Of the magic, without ``%``.
        line
            What follows the name.
        """
        if name == "run":
            words = [word for word in shlex.split(line) if not word.startswith("-")][:1]
            for place in [self._folder / end for word in words for end in (word, f"{word}.py")]:
                if place.is_file():
                    self._run(_cells(place))
                    break
        elif name in TIMED and (statement := timed(name, line)):
            self._run([statement])
        return self

    def run_cell_magic(self, name: str, _line: str = "", body: str = "") -> Any:
        """As a cell that begins with ``%%name line``.

        Parameters
        ----------
        name
            Of the magic, without ``%%``.
        body
            The lines below the first one.
        """
        if name in RUN:
            self._run([body])
        return self


def _cells(path: Path) -> list[str]:
    """The code of a file."""
    text = path.read_text(encoding="utf-8-sig")
    if path.suffix.lower() != ".ipynb":
        return [text]
    listed = json.loads(text)["cells"]
    return ["".join(cell["source"]) for cell in listed if cell["cell_type"] == "code"]
