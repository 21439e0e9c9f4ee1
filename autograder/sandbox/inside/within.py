"""Imports inside functions: which packages they need that nothing is there for."""

from __future__ import annotations

import ast
import importlib.util
import re
import sys
from collections.abc import Iterable, Iterator

# Where statements stand in statements.
_BLOCKS = ("body", "handlers", "orelse", "finalbody", "cases")
_INDENTED = re.compile(r"^[ \t]+(?:import|from)[ \t]+([A-Za-z_]\w*)", re.MULTILINE)


def may_lack(text: str) -> bool:
    """Whether a text seems to import, somewhere inside, what cannot be found."""
    return any(not _is_there(name) for name in set(_INDENTED.findall(text)))


def lacking(nodes: Iterable[ast.AST]) -> list[str]:
    """Top-level packages that functions import and that cannot be found.

    Code that imports a package inside ``try`` has an answer of its own where the package is not there: such
    a package is left out.

    Examples
    --------
    >>> lacking(ast.parse("def f():\\n    import no_such_package, math").body)
    ['no_such_package']
    >>> lacking(ast.parse("def f():\\n    try:\\n        import faster\\n    except ImportError: pass").body)
    []
    """
    found: dict[str, None] = {}
    tried: set[str] = set()
    for names, in_function, in_try in _imports(nodes):
        if in_function:
            found.update(dict.fromkeys(names))
        if in_try:
            tried.update(names)
    return [name for name in found if name not in tried and not _is_there(name)]


def _imports(nodes: Iterable[ast.AST]) -> Iterator[tuple[list[str], bool, bool]]:
    """Of each import the packages, whether it stands in a function, and whether it is tried there.

    Only what holds statements is gone through, with a list of what is left: a chain of ``elif`` is deep.
    """
    left = [(node, False, False) for node in reversed(list(nodes))]
    while left:
        node, in_function, in_try = left.pop()
        if names := _imported(node):
            yield names, in_function, in_try
        in_function = in_function or isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        tries = isinstance(node, ast.Try)
        inside = [
            (each, in_function, in_try or (tries and field == "body"))
            for field in _BLOCKS
            for each in getattr(node, field, ())
        ]
        left += reversed(inside)


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name.partition(".")[0] for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.module and not node.level:
        return [node.module.partition(".")[0]]
    return []


def _is_there(name: str) -> bool:
    try:
        return name in sys.modules or importlib.util.find_spec(name) is not None
    except (ImportError, ValueError):
        return False
