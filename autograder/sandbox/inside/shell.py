"""What ``get_ipython()`` gives: magics that run Python run it here, all others do nothing."""

from __future__ import annotations

from typing import Any, Protocol

from . import magics, standins
from .handed import Files
from .inert import INERT, Inert


class Runs(Protocol):
    """What the shell needs of whoever loads the submission."""

    names: dict[str, Any]
    files: Files

    def run_text(self, text: str) -> None:
        """Run a text in the submission's names."""


class Shell(Inert):
    """IPython's shell, as far as a notebook's own names depend on it."""

    def __init__(self, loader: Runs) -> None:
        self._loader = loader
        self.user_ns = loader.names

    def run_line_magic(self, name: Any = "", line: Any = "", *_more: Any, **_keywords: Any) -> Any:
        """As ``%name line``."""
        name, line = str(name), str(line)
        if name == "run":
            self._loader.files.run_file(line, self._loader.names)
        elif name == "pylab":
            for each, value in standins.pylab().items():
                self._loader.names.setdefault(each, value)
        elif name in magics.TIMED and (statement := magics.timed(name, line)):
            self._loader.run_text(statement)
        return INERT

    def run_cell_magic(self, name: Any = "", line: Any = "", body: Any = "", **_keywords: Any) -> Any:
        """As a cell that begins with ``%%name line``."""
        name, line, body = str(name), str(line), str(body)
        if name in magics.WRITE:
            words = line.split()
            more = [word for word in words if word in ("-a", "--append")]
            path = line if not more else " ".join(word for word in words if word not in more)
            self._loader.files.add(path, body, more=bool(more))
        else:
            self._loader.run_text(f"%%{name} {line}\n{body}")
        return INERT

    def magic(self, line: Any = "") -> Any:
        """As ``%line``, in its old spelling."""
        name, _, rest = str(line).strip().lstrip("%").partition(" ")
        return self.run_line_magic(name, rest)

    def run_cell(self, text: Any = "", *_more: Any, **_keywords: Any) -> Any:
        """Run a cell."""
        self._loader.run_text(str(text))
        return INERT

    ex = run_cell

    def getoutput(self, *_arguments: Any, **_keywords: Any) -> list[str]:
        """What a shell line printed: nothing, as none is run."""
        return []
