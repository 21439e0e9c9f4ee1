"""Splits a cell or module into top-level statements, each of which can fail without the next."""

from __future__ import annotations
import __future__

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from types import CodeType
from typing import Any

from .magics import translated
from .marimo import is_marimo, unrolled
from .newer import needed

_FUTURE_FLAGS = sum({getattr(__future__, name).compiler_flag for name in __future__.all_feature_names})
# A cell of the kit that is given: only what it imports and defines is run.
_CELL_MARKER = re.compile(r"# ?(?:%%|In\[)")
_COMMENT = re.compile(r"^#.*", re.MULTILINE)
_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)
_BEGINNING = re.compile(r"(?!else|elif|except|finally)[^\s#)\]}]")
_MERGE = re.compile(r"<<<<<<< |=======$|>>>>>>> ")
_CONFLICT = "this is the mark of an unfinished Git merge"
_NEW_SUBJECT = re.compile(r"def |class |@|import |from ")


@dataclass(frozen=True)
class Statement:
    """A top-level statement, or (with ``problem``) a piece of text that is none."""

    line: int
    node: ast.stmt | None
    problem: str | None = None
    text: str = ""


def statements(text: str, given: str) -> list[Statement]:
    """The statements of a cell, in order.

    Text that does not parse is first tried with IPython's magics translated, then piece by piece, so that
    one unfinished function does not take the others with it. In a region that begins with the comment
    `given` (up to the next ``# %%``) only imports and definitions are kept.
    """
    tree = _parse(text)
    notes: tuple[tuple[int, str], ...] = ()
    if isinstance(tree, str):
        python = translated(text)
        text, notes = python.text, python.notes
        tree = _parse(text)
    if isinstance(tree, str):
        found = list(_pieces(text))
    else:
        body = unrolled(tree.body) if is_marimo(text) else tree.body
        found = [Statement(node.lineno, node) for node in body]
    skipped = _given_lines(text, given)
    kept = [s for s in found if s.line not in skipped or isinstance(s.node, _DEFINITIONS)]
    return [*(Statement(line, None, note) for line, note in notes), *kept]


def compiled(node: ast.stmt, name: str, flags: int) -> tuple[CodeType, int]:
    """A statement's code, and the compiler flags that a ``from __future__`` import set for those after it."""
    code = compile(ast.Module([node], []), name, "exec", flags, dont_inherit=True)
    return code, code.co_flags & _FUTURE_FLAGS


def _parse(text: str) -> ast.Module | str:
    """The syntax tree, or the sentence that says why there is none."""
    try:
        return ast.parse(text)
    except SyntaxError as error:
        number = error.lineno or 0
        line = text.split("\n")[number - 1] if 0 < number <= text.count("\n") + 1 else ""
        said = needed(line, error.msg) or (_CONFLICT if _MERGE.match(line) else "")
        return f"line {error.lineno}: {said} ({error.msg})" if said else f"line {error.lineno}: {error.msg}"
    except (ValueError, RecursionError, MemoryError) as error:
        return f"{error or type(error).__name__}"


def _given_lines(text: str, given: str) -> set[int]:
    lines: set[int] = set()
    begun, number, place = 0, 1, 0  # the region's first line, where one is open; the line at a place
    for found in _COMMENT.finditer(text):
        is_given = found[0].startswith(given)
        if not is_given and not _CELL_MARKER.match(found[0]):
            continue
        number += text.count("\n", place, found.start())
        place = found.start()
        if begun:
            lines.update(range(begun, number))
        begun = number if is_given else 0
    if begun:
        lines.update(range(begun, text.count("\n") + 2))
    return lines


def _pieces(text: str) -> Iterator[Statement]:
    """Statements of a text with a syntax error: from each line that can begin one, as many lines as parse;
    the others up to the next definition are one problem."""
    lines = text.split("\n")
    starts = [i for i, line in enumerate(lines) if _BEGINNING.match(line)]
    ends = [*starts[1:], len(lines)]
    k = 0
    while k < len(starts):
        # a string or a bracket over many lines looks like many starts: try a few more
        for stop in range(k, min(k + 40, len(starts))):
            tree = _parse("\n" * starts[k] + "\n".join(lines[starts[k] : ends[stop]]))
            if not isinstance(tree, str):
                yield from (Statement(node.lineno, node) for node in tree.body)
                k = stop + 1
                break
        else:
            stop = k + 1
            while stop < len(starts) and not _NEW_SUBJECT.match(lines[starts[stop]]):
                stop += 1
            piece = "\n".join(lines[starts[k] : ends[stop - 1]])
            problem: Any = _parse("\n" * starts[k] + piece)
            yield Statement(starts[k] + 1, None, problem, piece)
            k = stop
