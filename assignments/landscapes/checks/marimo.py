"""A marimo notebook, which is a .py file, becomes the statements of its cells, in the order they run in."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

_APP = re.compile(r"^\w+\s*=\s*(?:marimo|mo)\.App\(", re.MULTILINE)


def is_marimo(text: str) -> bool:
    """Whether a text is a marimo notebook.

    >>> is_marimo("import marimo\\n\\napp = marimo.App()\\n")
    True
    """
    return "marimo" in text and bool(_APP.search(text))


def unrolled(body: list[ast.stmt]) -> list[ast.stmt]:
    """The statements of a marimo file as a notebook has them.

    Those of functions under ``@app.cell`` and of ``with app.setup:`` stand at the top, and functions and
    classes under ``@app.function`` or ``@app.class_definition`` lose that line. A cell comes after those
    that make the names it takes.
    """
    cells: list[tuple[set[str], set[str], list[ast.stmt]]] = []
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and _marked(node, "cell"):
            taken = {argument.arg for argument in node.args.args}
            made = {n for last in node.body if isinstance(last, ast.Return) for n in _names(last.value)}
            kept = [statement for statement in node.body if not isinstance(statement, ast.Return)]
            cells.append((taken, made - taken, kept))
        elif isinstance(node, ast.With) and _is_setup(node.items[0].context_expr):
            cells.append((set(), set(), node.body))
        elif isinstance(node, ast.FunctionDef | ast.ClassDef) and (
            _marked(node, "function") or _marked(node, "class_definition")
        ):
            node.decorator_list = node.decorator_list[1:]
            cells.append((set(), {node.name}, [node]))
        else:
            cells.append((set(), set(), [node]))
    return list(_in_order(cells))


def _in_order(cells: list[tuple[set[str], set[str], list[ast.stmt]]]) -> Iterator[ast.stmt]:
    waiting = list(cells)
    while waiting:
        unmade = set().union(*(made for _, made, _ in waiting))
        # the first whose names are all made; where cells need each other in a circle, the first
        ready = next((cell for cell in waiting if not cell[0] & (unmade - cell[1])), waiting[0])
        waiting.remove(ready)
        yield from ready[2]


def _marked(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef, name: str) -> bool:
    """Whether the first decorator is ``@app.<name>``, called or not."""
    if not node.decorator_list:
        return False
    first = node.decorator_list[0]
    called = first.func if isinstance(first, ast.Call) else first
    return isinstance(called, ast.Attribute) and called.attr == name and isinstance(called.value, ast.Name)


def _is_setup(value: ast.expr) -> bool:
    called = value.func if isinstance(value, ast.Call) else value
    return isinstance(called, ast.Attribute) and called.attr == "setup"


def _names(value: ast.expr | None) -> list[str]:
    elements = value.elts if isinstance(value, ast.Tuple) else [value]
    return [element.id for element in elements if isinstance(element, ast.Name)]
