"""Runs a student's file as the grader does: statement by statement, whatever fails on the way."""

from __future__ import annotations

import ast
import contextlib
import io
import linecache
import os
import re
import sys
import warnings
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from autograder.kit.shell import Shell
from autograder.sandbox.inside.statements import Statement, compiled, statements

# What a kit's modules never stand for, even if a student's file has its name.
_NEVER_OWN = {*sys.stdlib_module_names, "numpy", "matplotlib", "pytest"}
_loaded: dict[Path, dict[str, ModuleType]] = {}


@dataclass(frozen=True)
class Program:
    """What a file defines, and why a function could not be defined, as a sentence."""

    names: dict[str, Any]
    broken: dict[str, str]


def run(path: Path, cells: Sequence[str], given: str) -> Program:
    """The program in a file's cells.

    What fails is left out. Of cells that begin with the comment `given` only imports and definitions are
    run, as in grading. Calls of the checks are not run: a test makes them.

    Parameters
    ----------
    path
        The notebook or module; the program is imported by its name without the ending.
    cells
        Its code cells; a module is one.
    given
        The comment that begins a cell which is given.
    """
    module = sys.modules[path.stem] = ModuleType(path.stem)
    module.__file__ = str(path)
    program = Program(vars(module), {})
    if path.suffix == ".ipynb":
        program.names["__name__"] = "__main__"  # as in Jupyter
    shell = Shell(path.parent, lambda texts: _run_cells(path, texts, given, program))
    program.names["get_ipython"] = lambda: shell
    _run_cells(path, cells, given, program)
    return program


def _run_cells(path: Path, cells: Sequence[str], given: str, program: Program) -> None:
    flags = 0
    with _quiet():
        for number, cell in enumerate(cells, 1):
            file = str(path) if path.suffix == ".py" else f"{path.name}, cell {number}"
            linecache.cache[file] = (len(cell), None, cell.splitlines(keepends=True), file)
            for statement in statements(cell, given):
                flags |= _run(statement, file, flags, program)


def _run(statement: Statement, file: str, flags: int, program: Program) -> int:
    """Run one statement; returns the compiler flags that a ``from __future__`` import set."""
    name = _defined(statement)
    if statement.node is None:
        if name:
            program.names.pop(name, None)
            program.broken[name] = f"Python cannot read {name}: {statement.problem}."
        return 0
    if _is_check(statement.node):
        return 0
    try:
        code, future = compiled(statement.node, file, flags)
        exec(code, program.names)
    except (Exception, SystemExit) as error:
        if name:
            program.broken[name] = f"{name} cannot be defined: {type(error).__name__}: {error}."
        return 0
    program.broken.pop(name, None)
    return future


def _defined(statement: Statement) -> str:
    """The function that a statement defines, or that a text with a syntax error begins to."""
    if isinstance(statement.node, ast.FunctionDef):
        return statement.node.name
    found = re.match(r"\s*def\s+(\w+)", statement.text)
    return found[1] if found else ""


def _is_check(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and ast.unparse(node).startswith("checks.")


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Prints and warnings go nowhere, figures open no window, and NumPy's settings stay as they are."""
    nowhere = io.StringIO()
    with contextlib.ExitStack() as stack:
        if "MPLBACKEND" not in os.environ:  # processes that are started later choose for themselves
            os.environ["MPLBACKEND"] = "agg"
            stack.callback(os.environ.pop, "MPLBACKEND", None)
        stack.enter_context(contextlib.redirect_stdout(nowhere))
        stack.enter_context(contextlib.redirect_stderr(nowhere))
        stack.enter_context(np.errstate())
        stack.enter_context(warnings.catch_warnings())
        warnings.simplefilter("ignore")
        yield


@contextlib.contextmanager
def at_home(folder: Path) -> Iterator[None]:
    """For the time being a module that lies in `folder` is the one that is imported by its name, and files
    are looked for there, whatever other kits have modules of the same name."""
    own = {path.stem for path in folder.iterdir() if path.suffix == ".py" or path.is_dir()} - _NEVER_OWN
    others = _taken_out(own)
    before = os.getcwd()
    sys.modules.update(_loaded.get(folder, {}))
    sys.path.insert(0, str(folder))
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)
        sys.path.remove(str(folder))
        _loaded[folder] = _taken_out(own)
        sys.modules.update(others)


def _taken_out(own: Collection[str]) -> dict[str, ModuleType]:
    """The modules of these names, and those below them, which are no longer known."""
    return {name: sys.modules.pop(name) for name in list(sys.modules) if name.partition(".")[0] in own}
