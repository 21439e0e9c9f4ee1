"""Puts an entry into a rubric: at the places that Python's own parser tells, so that all else stays."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from pathlib import Path

from autograder.scaffold.names import ScaffoldError

_WIDEST = 100


def with_entry(text: str, entry: str, above: str, needed: Mapping[str, str], path: Path) -> str:
    """The rubric's text with one more exercise.

    Parameters
    ----------
    text
        The whole rubric.
    entry
        The exercise, with its comma, as the last of ``exercises=( … )``.
    above
        What must stand before the homework is declared.
    needed
        Name → the module that it is imported from; no module for ``np``.
    path
        The rubric's, for messages.

    Raises
    ------
    ScaffoldError
        When there is no place for it, or a name that is needed means something else there.
    """
    tree = _parsed(text, path)
    declared, exercises = _place(tree, path)
    lines = _Lines(text)
    alone = lines.closes_alone(exercises)
    new = [(lines.start(exercises.end_lineno) if alone else lines.end(exercises) - 1, 1,
            entry if alone else f"\n{entry}    ")]  # fmt: skip
    if exercises.elts and not lines.comma_after(exercises):
        new.append((lines.end(exercises.elts[-1]), 0, ","))
    if above:
        new.append((lines.start(declared.lineno), 1, above))
    if missing := _missing(tree, needed, path):
        after = _after_imports(tree)
        gap = "" if _imports(tree) else "\n"
        new.append((lines.start(after), 0, gap + missing))
    data = text.encode()
    for place, _, addition in sorted(new, key=lambda each: each[:2], reverse=True):
        data = data[:place] + addition.encode() + data[place:]
    made = data.decode()
    _, there = _place(_parsed(made, path), path)
    if len(there.elts) != len(exercises.elts) + 1:
        raise ScaffoldError(f"{path} is written in a way that cannot be added to: add the exercise by hand.")
    return made


def defined(text: str, path: Path) -> set[str]:
    """The functions that a notebook's text defines.

    Parameters
    ----------
    text
        Python in the percent format.
    path
        The notebook's, for messages.

    Raises
    ------
    ScaffoldError
        When the text is no Python.
    """
    return {node.name for node in _parsed(text, path).body if isinstance(node, ast.FunctionDef)}


def _parsed(text: str, path: Path) -> ast.Module:
    try:
        return ast.parse(text)
    except SyntaxError as error:
        raise ScaffoldError(
            f"{path}, line {error.lineno}, is not valid Python: {error.msg}. Fix it first."
        ) from None


def _place(tree: ast.Module, path: Path) -> tuple[ast.stmt, ast.Tuple | ast.List]:
    """The statement that declares the homework, and its exercises."""
    for node in tree.body:
        target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
        value = getattr(node, "value", None)
        if isinstance(target, ast.Name) and target.id == "HOMEWORK" and isinstance(value, ast.Call):
            for keyword in value.keywords:
                if keyword.arg == "exercises" and isinstance(keyword.value, ast.Tuple | ast.List):
                    return node, keyword.value
    raise ScaffoldError(
        f"{path} has no place for an exercise: write HOMEWORK = Homework(…, exercises=( … )), with the "
        "exercises between the brackets."
    )


def _missing(tree: ast.Module, needed: Mapping[str, str], path: Path) -> str:
    """The imports that are not there yet, as lines."""
    bound = _bound(tree)
    lines: dict[str, list[str]] = {}
    for name, module in needed.items():
        if name not in bound:
            lines.setdefault(module, []).append(name)
        elif not bound[name].startswith(module or "numpy"):
            raise ScaffoldError(
                f"{path} has a {name} of its own, and the new entry needs that of {module or 'numpy'}: "
                "rename yours."
            )
    made = []
    last = _imports(tree)[-1] if _imports(tree) else None
    for module, found in lines.items():
        line = f"from {module} import {', '.join(found)}" if module else "import numpy as np\n"
        if len(line) > _WIDEST:
            line = f"from {module} import (\n    {', '.join(found)},\n)"
        apart = module.startswith(".") and not (isinstance(last, ast.ImportFrom) and last.level)
        made.append("\n" * apart + f"{line}\n")
    return "".join(made)


def _bound(tree: ast.Module) -> dict[str, str]:
    """Names that the rubric binds at its top, with the module that each is imported from."""
    found: dict[str, str] = {}
    for node in tree.body:
        if isinstance(node, ast.Import):
            found |= {alias.asname or alias.name.partition(".")[0]: alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            found |= {alias.asname or alias.name: module for alias in node.names}
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            found[node.name] = "?"
        else:
            names = (part for part in ast.walk(node) if isinstance(part, ast.Name))
            found |= {name.id: "?" for name in names if isinstance(name.ctx, ast.Store)}
    return found


def _imports(tree: ast.Module) -> list[ast.stmt]:
    return [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]


def _after_imports(tree: ast.Module) -> int:
    """The line after the last import at the top, or after the docstring."""
    last = (_imports(tree) or tree.body)[-1 if _imports(tree) else 0]
    return (last.end_lineno or 0) + 1


class _Lines:
    """A text's lines as bytes: the parser counts columns so."""

    def __init__(self, text: str) -> None:
        self._data = text.encode()
        self._starts = [0]
        for line in self._data.splitlines(keepends=True):
            self._starts.append(self._starts[-1] + len(line))

    def start(self, number: int | None) -> int:
        """Where a line begins."""
        return self._starts[(number or 1) - 1]

    def end(self, node: ast.expr) -> int:
        """Where a piece of code ends."""
        return self.start(node.end_lineno) + (node.end_col_offset or 0)

    def closes_alone(self, node: ast.expr) -> bool:
        """Whether the closing bracket is the first thing in its line."""
        return not self._data[self.start(node.end_lineno) : self.end(node) - 1].strip()

    def comma_after(self, node: ast.Tuple | ast.List) -> bool:
        """Whether a comma stands behind the last item; one in a comment is none."""
        rest = self._data[self.end(node.elts[-1]) : self.end(node) - 1].decode()
        return any("," in line.partition("#")[0] for line in rest.splitlines())
