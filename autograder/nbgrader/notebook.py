"""A notebook as nbgrader needs it, whatever became of its metadata: functions are found by name."""

from __future__ import annotations

import ast
import html
import re
import warnings
from collections.abc import Sequence
from typing import Any

from autograder.homework import Homework
from autograder.questions import WRITE_HERE
from autograder.release.notebook import answer_cell, check_cell, notebook_of, solution_cell
from autograder.submission import Submission
from autograder.written import answer_in

_NOTES = "About your file"
# A check cell, which is ours and put in anew; however it was edited.
_CHECK = re.compile(r"\s*(?:#.*\n\s*)*checks\.check\(\s*[\"']?(\w+)[\"']?\s*(?:,[^()\n]*)?\)\s*(?:#.*)?\s*")

_ACTIVE = (
    re.compile(r"<(?=[A-Za-z/!?])"),  # in a formula and in code it still means less than
    re.compile(r"!(?=\[)"),
    re.compile(r"\](?=\((?!https?://|#)|:)"),
)
# A check cell has no more characters; the pattern above takes the square of them where blanks follow.
_LONGEST_CHECK = 2_000
# Only cells of this size are parsed, and no more text in all: an f-string takes the square of its length, and
# brackets may take twice as long with each level. What is longer is read line by line.
_MOST_PARSED = 8_000
_MOST_PARSED_IN_ALL = 100_000
_DEEPEST_PARSED = 15
# What a cell with a mistake in its syntax, or one that is not parsed, seems to bind.
_BRACKET = re.compile(r"[(\[{}\])]")
_BINDING = re.compile(r"^(?:def +)?(\w+) *(?:\(|=(?!=))", re.MULTILINE)


def rebuilt(homework: Homework, submission: Submission) -> Any:
    """The notebook of a submission: its text and code in order, and after the cell that defines an exercise's
    function a check cell as it was released.

    What the metadata of the student's cells said counts for nothing. A function that is nowhere gets its
    check cell at the end. What there is to say about the file stands in a cell at the top. HTML in the
    student's text is cleaned: whoever grades opens it in a browser.

    Parameters
    ----------
    homework
        Whose exercises and written answers the notebook is to have.
    submission
        What was read; also one of which nothing could be read.
    """
    from nbformat import v4

    cells: list[Any] = []
    remarks = [*filter(None, [submission.problem]), *submission.notes]
    if remarks:
        listed = "".join(f"<li>{html.escape(remark)}</li>" for remark in remarks)
        cells.append(v4.new_markdown_cell(f"**{_NOTES}**\n\n<ul>{listed}</ul>"))
    names = [exercise.function for exercise in homework.exercises]
    homes = _homes(submission.cells, names)
    prose = list(submission.prose)
    for number, text in enumerate(submission.cells):
        while prose and prose[0][0] <= number:
            cells.append(v4.new_markdown_cell(_clean(prose.pop(0)[1])))
        here = [e for e in homework.exercises if homes.get(e.function) == number]
        if here:
            cells.append(solution_cell(here[0].function, text))
            cells += map(check_cell, here)
        elif not _is_check(text, names):
            cells.append(v4.new_code_cell(text))
    cells += [v4.new_markdown_cell(_clean(text)) for _, text in prose]
    for exercise in homework.exercises:
        if exercise.function not in homes:
            cells += [solution_cell(exercise.function, ""), check_cell(exercise)]
    for written in homework.written:
        # what was not touched gets 0 from nbgrader itself
        cells.append(
            answer_cell(
                written.name, written.points, _clean(answer_in(homework, written, submission)) or WRITE_HERE
            )
        )
    for place, cell in enumerate(cells):
        if "nbgrader" not in cell["metadata"]:
            cell["id"] = f"cell-{place}"  # nbformat's own are random
    return notebook_of(cells)


def _clean(text: str) -> str:
    """Markdown whose HTML, images and links to anything but the web are shown as text, by a space in them."""
    for active in _ACTIVE:
        text = active.sub(r"\g<0> ", text)
    return text


def _homes(cells: Sequence[str], names: Sequence[str]) -> dict[str, int]:
    """For each function the cell that counts: the last that gives it its name."""
    homes: dict[str, int] = {}
    left = _MOST_PARSED_IN_ALL
    for number, text in enumerate(cells):
        if not any(name in text for name in names):
            continue
        parsed = len(text) <= min(left, _MOST_PARSED) and _depth(text) <= _DEEPEST_PARSED
        left -= len(text) if parsed else 0
        bound = _bound(text) if parsed else set(_BINDING.findall(text))
        homes |= dict.fromkeys(bound & set(names), number)
    return homes


def _depth(text: str) -> int:
    """How deep brackets seem to be nested in a text, those in strings included."""
    depth = deepest = 0
    for bracket in _BRACKET.findall(text):
        depth = depth + 1 if bracket in "([{" else max(0, depth - 1)
        deepest = max(deepest, depth)
    return deepest


def _bound(text: str) -> set[str]:
    """The names that a cell of bounded size binds at its top, as far as that can be read from it."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            waiting: list[ast.AST] = list(ast.parse(text).body)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return set(_BINDING.findall(text))
    found: set[str] = set()
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
        elif isinstance(node, ast.alias):
            found.add(node.asname or node.name)
        elif not isinstance(node, ast.Lambda):
            waiting += ast.iter_child_nodes(node)
    return found


def _is_check(text: str, names: Sequence[str]) -> bool:
    match = _CHECK.fullmatch(text) if len(text) <= _LONGEST_CHECK else None
    return match is not None and match[1] in names
