"""Imports inside functions: which packages they need that nothing is there for."""

from __future__ import annotations

import ast
import importlib.util
import re
import sys
from collections.abc import Iterable, Iterator

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
    nodes = list(nodes)
    tried = {
        name
        for top in nodes
        for node in ast.walk(top)
        if isinstance(node, ast.Try)
        for each in node.body
        for name in _imported(each)
    }
    functions = (
        node
        for top in nodes
        for node in ast.walk(top)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    found = dict.fromkeys(name for function in functions for name in _imported(function))
    return [name for name in found if name not in tried and not _is_there(name)]


def _imported(top: ast.AST) -> Iterator[str]:
    for node in ast.walk(top):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


def _is_there(name: str) -> bool:
    try:
        return name in sys.modules or importlib.util.find_spec(name) is not None
    except (ImportError, ValueError):
        return False
