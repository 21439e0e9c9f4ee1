"""The student's other files: imported, run and opened as text that was handed in, never from a disk."""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import io
import os
import posixpath
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from types import ModuleType
from typing import Any

from .magics import cells_of

# Where notebooks are imported from with the package ``ipynb``.
_NOTEBOOKS = ("ipynb.fs.full.", "ipynb.fs.defs.", "ipynb.fs.")

Run = Callable[[Sequence[str], str, dict[str, Any]], None]


class Files:
    """What was handed in beside the work, and what the work writes with ``%%writefile``."""

    def __init__(self, files: Iterable[tuple[str, str]], not_these: Iterable[str], run: Run) -> None:
        self._texts: dict[str, str] = {}
        self._modules: dict[str, str] = {}  # dotted name → path; "" for a folder without __init__.py
        self._elsewhere: dict[str, str] = {}
        self._not_these = {*not_these, "checks", "numpy"}
        self._run = run
        self._running: list[str] = []
        self.loaded: list[ModuleType] = []
        self.shadowing: list[str] = []
        for path, text in files:
            self.add(path, text)

    def add(self, path: str, text: str, *, more: bool = False) -> None:
        """Take a file in; `more` puts the text behind what is there."""
        path = self._normal(path)
        self._texts[path] = self._texts.get(path, "") + text if more else text
        stem, suffix = posixpath.splitext(path)
        parts = [part for part in stem.split("/") if part not in ("", "..")]
        if suffix.lower() not in (".py", ".ipynb", ".pyw") or not parts:
            return
        if parts[-1] == "__init__":
            parts.pop()
        parts = [part.replace(" ", "_") for part in parts]
        for first in range(len(parts)):  # from the work's folder; or from another one, put into sys.path
            table = self._modules if first == 0 else self._elsewhere
            name = ".".join(parts[first:])
            if not table.get(name) or self._is_ipynb(table[name]):
                table[name] = path
            for end in range(first + 1, len(parts)):
                table.setdefault(".".join(parts[first:end]), "")
        if len(parts) == 1 and parts[0] in sys.stdlib_module_names | {"numpy"}:
            self._shadow(parts[0], path)

    @staticmethod
    def _is_ipynb(path: str) -> bool:
        return path.lower().endswith(".ipynb")

    @staticmethod
    def _normal(path: str) -> str:
        return posixpath.normpath(path.strip().strip("'\"").replace("\\", "/").removeprefix("/"))

    def _shadow(self, name: str, path: str) -> None:
        """A file that is called like a module of the library: the library's stays, with what only the file
        has beside it; nothing that others import breaks."""
        if path not in self.shadowing:
            self.shadowing.append(path)
        module = sys.modules.get(name)
        if module is None or name in ("numpy", "builtins", "sys") or "__getattr__" in module.__dict__:
            return

        def only_here(attribute: str) -> Any:
            own = self._own(name)
            if attribute.startswith("__") or own is None or not hasattr(own, attribute):
                raise AttributeError(f"module {name!r} has no attribute {attribute!r}")
            return getattr(own, attribute)

        module.__dict__["__getattr__"] = only_here

    def _own(self, name: str) -> ModuleType | None:
        """The file of this name as a module of its own, where the library has one too."""
        alias = f"{name} "
        if alias not in sys.modules:
            self._modules.setdefault(alias, self._modules[name])
            importlib.import_module(alias)
        return sys.modules.get(alias)

    @property
    def texts(self) -> tuple[str, ...]:
        """The texts of all files."""
        return tuple(self._texts.values())

    @property
    def paths(self) -> set[str]:
        """All files, by their paths."""
        return set(self._texts)

    # ------------------------------------------------------------------------------- importing

    def find(self, name: str) -> str | None:
        """The path of a module by its dotted name; empty for a folder, None where nothing was handed in."""
        for prefix in (*_NOTEBOOKS, "submission."):
            name = name.removeprefix(prefix)
        if name.partition(".")[0] in self._not_these:
            return None
        return self._modules.get(name, self._elsewhere.get(name))

    def spec(self, finder: Finder, name: str) -> Any:
        """How to import a module, or None where it was not handed in."""
        if self._texts and (name == "ipynb" or f"{name}." in _NOTEBOOKS):
            return importlib.machinery.ModuleSpec(name, finder, is_package=True)
        path = self.find(name)
        if path is None:
            return None
        package = not path or posixpath.basename(path) == "__init__.py" or self._has_below(name)
        return importlib.machinery.ModuleSpec(name, finder, origin=path or None, is_package=package)

    def _has_below(self, name: str) -> bool:
        return any(other.startswith(f"{name}.") for other in (*self._modules, *self._elsewhere))

    def execute(self, module: ModuleType) -> None:
        """Run a module's text in it."""
        path = self.find(module.__name__)
        if not path:
            return
        if module not in self.loaded:
            self.loaded.append(module)
        module.__file__ = path
        self._run(self.cells(path), path, module.__dict__)

    def imports(self, name: str) -> bool:
        """Whether any of the files imports a module of this name."""
        return any(imports(name, text) for text in self._texts.values())

    def cells(self, path: str) -> list[str]:
        """A file's text as cells: a .py file is one."""
        text = self._texts[path]
        return list(cells_of(text)) if self._is_ipynb(path) else [text]

    # --------------------------------------------------------------------------------- running

    def run_file(self, line: str, names: dict[str, Any]) -> None:
        """As ``%run helper.py``; the names land where the line stands.

        Raises
        ------
        FileNotFoundError
            When no such file was handed in.
        """
        words = line.split()
        while words and words[0].startswith("-"):
            option = words.pop(0)
            if option == "-m" and words:
                words[0] = words[0].replace(".", "/")
        name = words[0] if words and not line.lstrip("- ").startswith(("'", '"')) else line
        path = self.path_of(name) or self.path_of(name.strip("'\"") + ".py")
        if path is None:
            raise FileNotFoundError(f"{name.strip()} was not handed in, so it cannot be run")
        if path in self._running:
            return
        self._running.append(path)
        try:
            self._run(self.cells(path), path, names)
        finally:
            self._running.remove(path)

    def path_of(self, name: str) -> str | None:
        """The path of a file that was handed in: where it is named, or the only one of that name."""
        path = self._normal(name)
        if path in self._texts:
            return path
        last = posixpath.basename(path)
        found = [other for other in self._texts if posixpath.basename(other) == last]
        return found[0] if len(found) == 1 else None

    def opened(self, name: Any, mode: str = "r") -> Any:
        """A file that was handed in, open for reading; None where there is none."""
        text = self.text_of(name) if set(mode) <= set("rbt") else None
        if text is None:
            return None
        return io.BytesIO(text.encode()) if "b" in mode else io.StringIO(text)

    def text_of(self, name: Any) -> str | None:
        """A file's text by its path; None where there is none."""
        name = os.fspath(name) if isinstance(name, os.PathLike) else name
        path = self.path_of(name) if isinstance(name, str) else None
        return None if path is None else self._texts[path]


def imports(name: str, text: str) -> bool:
    """Whether a text imports a module of this name.

    >>> imports("code", "import os, code as c"), imports("code", "from codes import code")
    (True, False)
    """
    return bool(re.search(rf"^\s*(?:from\s+{name}[\s.]|import\s[^#\n]*\b{name}\b)", text, re.MULTILINE))


class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Lets imports find what was handed in."""

    def __init__(self, files: Files) -> None:
        self._files = files

    def find_spec(self, name: str, _path: Any = None, _target: Any = None) -> Any:
        return self._files.spec(self, name)

    def create_module(self, _spec: Any) -> ModuleType | None:
        return None

    def exec_module(self, module: ModuleType) -> None:
        self._files.execute(module)

    def get_source(self, name: str) -> str | None:
        """The text, for `inspect` and tracebacks."""
        path = self._files.find(name)
        return "\n".join(self._files.cells(path)) if path else None
