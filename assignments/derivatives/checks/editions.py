"""The two editions of a homework, notebook and module: which one was edited, and what it defines."""

from __future__ import annotations

import ast
import hashlib
import importlib.util
import json
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from . import published


@dataclass(frozen=True)
class Edition:
    """A file with the student's functions."""

    path: Path

    def __str__(self) -> str:
        return self.path.name

    def load(self) -> ModuleType:
        """What the file defines, as a module.

        Of a notebook only imports, definitions and constants are run: no experiment, no plot, no check.
        """
        if self.path.suffix == ".py":
            return _imported(self.path)
        module = ModuleType(self.path.stem)
        for number, cell in enumerate(_code(self.path), 1):
            exec(compile(_definitions(cell), f"{self.path.name}, cell {number}", "exec"), vars(module))
        return module


def edition(path: Path) -> Edition:
    """The edition that was edited, of the notebook and the module at `path`, which has no ending.

    Where both were, it is the one that was saved last; where none was, the module.
    """
    there = [file for file in (path.with_suffix(".py"), path.with_suffix(".ipynb")) if file.is_file()]
    if not there:
        raise FileNotFoundError(f"There is neither {path.name}.py nor {path.name}.ipynb in {path.parent}.")
    edited = [file for file in there if fingerprint(file) != published.release(file.name)]
    return Edition(max(edited, key=lambda file: file.stat().st_mtime_ns) if edited else there[0])


def fingerprint(path: Path) -> str:
    """A SHA-256 of the code in a file: running a notebook's cells, or saving it, does not change it."""
    cells = _code(path) if path.suffix == ".ipynb" else [path.read_text(encoding="utf-8")]
    return code_fingerprint(cells)


def code_fingerprint(cells: Sequence[str]) -> str:
    """The same of a file's code cells; a module is one."""
    return hashlib.sha256("\0".join(cell.strip() for cell in cells).encode()).hexdigest()


def _code(path: Path) -> list[str]:
    """The code cells of a notebook."""
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        texts = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    except (ValueError, KeyError, TypeError):
        raise ValueError(f"{path.name} is no notebook any more: save it again, or take a new one.") from None
    return texts


def _definitions(cell: str) -> ast.Module:
    lines = [re.sub(r"^(\s*)[%!].*", r"\1pass", line) for line in cell.splitlines()]
    return ast.Module(list(_kept(ast.parse("\n".join(lines)))), [])


def _kept(tree: ast.Module) -> Iterator[ast.stmt]:
    definitions = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)
    for node in tree.body:
        constant = isinstance(node, ast.Assign) and not any(
            isinstance(part, ast.Call | ast.Name) for part in ast.walk(node.value)
        )
        callable_ = isinstance(node, ast.Assign) and isinstance(node.value, ast.Lambda)
        if isinstance(node, definitions) or constant or callable_:
            yield node


def _imported(path: Path) -> ModuleType:
    if path.stem in sys.modules and getattr(sys.modules[path.stem], "__file__", None) == str(path):
        return sys.modules[path.stem]
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module
    spec.loader.exec_module(module)
    return module
