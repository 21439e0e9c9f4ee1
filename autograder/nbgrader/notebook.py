"""A notebook as nbgrader needs it, whatever became of its metadata: functions are found by name."""

from __future__ import annotations

import ast
import html
import re
import warnings
from collections.abc import Sequence
from typing import Any

from autograder.homework import Homework
from autograder.release.notebook import check_cell, notebook_of, solution_cell
from autograder.submission import Submission

_NOTES = "About your file"
# A check cell, which is ours and put in anew; however it was edited.
_CHECK = re.compile(r"\s*(?:#.*\n\s*)*checks\.check\(\s*[\"']?(\w+)[\"']?\s*(?:,[^()\n]*)?\)\s*(?:#.*)?\s*")

_ACTIVE = (
    re.compile(r"<(?=[A-Za-z/!?])"),  # in a formula and in code it still means less than
    re.compile(r"!(?=\[)"),
    re.compile(r"\](?=\((?!https?://|#)|:)"),
)
# What a cell with a mistake in its syntax seems to bind.
_BINDING = re.compile(r"^(?:def +)?(\w+) *(?:\(|=(?!=))", re.MULTILINE)


def rebuilt(homework: Homework, submission: Submission) -> Any:
    """The notebook of a submission: its text and code in order, and after the cell that defines an exercise's
    function a check cell as it was released.

    What the metadata of the student's cells said counts for nothing. A function that is nowhere gets its
    check cell at the end. What there is to say about the file stands in a cell at the top. HTML in the
    student's text is cleaned: whoever grades opens it in a browser.
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
    for number, text in enumerate(cells):
        homes |= dict.fromkeys(_bound(text) & set(names), number)
    return homes


def _bound(text: str) -> set[str]:
    """The names that a cell binds at its top, as far as that can be read from it."""
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
    match = _CHECK.fullmatch(text)
    return match is not None and match[1] in names
