"""Which statements must run so that some functions work: read from the text, before anything runs."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from .statements import Statement

EVERYTHING = "*"  # in the place of a name: such a statement may bind any

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_BIND_ANYTHING = frozenset(("exec", "eval", "globals", "locals", "vars", "setattr", "delattr"))
_ASKED = ("run", "pylab")
_PLAIN_NODES = (
    ast.Constant, ast.Name, ast.Attribute, ast.Tuple, ast.List, ast.Set, ast.Dict, ast.Subscript,
    ast.Starred, ast.Slice, ast.expr_context, ast.UnaryOp, ast.unaryop,
)  # fmt: skip
_ARITHMETIC = (ast.Add, ast.Sub, ast.Mult, ast.Div)
_LARGEST = 1000
_HIGHEST_POWER = 64

IsOwn = Callable[[str], bool]


@dataclass(frozen=True)
class Use:
    """What a statement does with names.

    Parameters
    ----------
    binds
        Names that it gives a value, or whose value it changes.
    touches
        Names whose methods it calls, which may change them.
    loads
        Names of the module that it uses, or that a function in it uses when it is called.
    declares
        Names that a function in it declares ``global``: a call of it binds them.
    imports, plain
        Whether it is an import; whether it runs nothing that could take long.
    defines
        A function or class.
    """

    binds: frozenset[str] = frozenset()
    touches: frozenset[str] = frozenset()
    loads: frozenset[str] = frozenset()
    declares: frozenset[str] = frozenset()
    imports: bool = False
    plain: bool = False
    defines: str = ""


def needed(
    listed: Sequence[Statement], wanted: Collection[str], is_own: IsOwn, *, plain_only: bool = False
) -> set[int]:
    """The numbers of the statements that have to run so that the wanted functions work.

    These are all that bind a wanted name, or a name that one of these uses, and so on; and, as they cost
    nothing, all plain definitions.

    Parameters
    ----------
    listed
        Statements in their order.
    wanted
        Names; where there are none, all functions and classes.
    is_own
        Whether a module of that name is the student's.
    plain_only
        Leave out whatever is no plain definition.
    """
    uses = [_use(statement, is_own) for statement in listed]
    kept = {k for k, use in enumerate(uses) if use.plain}
    if plain_only:
        return kept
    imported = {name for use in uses if use.imports for name in use.binds}
    declared = {use.defines: use.declares for use in uses if use.defines and use.declares}
    binders: dict[str, set[int]] = defaultdict(set)
    for k, use in enumerate(uses):
        names = set(use.binds) | (use.touches - imported)
        if not use.defines:
            names |= {name for called in use.loads & declared.keys() for name in declared[called]}
        for name in names:
            binders[name].add(k)
    waiting = [EVERYTHING, *(wanted or (use.defines for use in uses if use.defines))]
    asked: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in asked:
            continue
        asked.add(name)
        for k in binders[name]:
            kept.add(k)
            waiting += uses[k].loads
    return kept


def loaded_by(listed: Iterable[Statement], is_own: IsOwn) -> set[str]:
    """All names of the module that some statements use."""
    return {name for statement in listed for name in _use(statement, is_own).loads}


def _use(statement: Statement, is_own: IsOwn) -> Use:
    node = statement.node
    if node is None:  # it is no Python, and only told
        return Use(plain=True)
    try:
        bound, touched = _bound(node)
        return Use(
            frozenset(bound),
            frozenset(touched),
            frozenset(_free(node)),
            frozenset(name for each in ast.walk(node) if isinstance(each, ast.Global) for name in each.names),
            isinstance(node, ast.Import | ast.ImportFrom),
            _is_plain(node, is_own),
            node.name if isinstance(node, (*_FUNCTIONS, ast.ClassDef)) else "",
        )
    except RecursionError:
        return Use()


# ------------------------------------------------------------------------------------ names


def _bound(node: ast.stmt) -> tuple[set[str], set[str]]:
    """The names that a statement at the top binds or changes, and those whose methods it calls."""
    bound, touched = set(_stored([node])), set()
    for each in _here(node):
        if isinstance(each, ast.Subscript | ast.Attribute) and isinstance(each.ctx, ast.Store | ast.Del):
            bound.add(_root(each))
        elif isinstance(each, ast.AugAssign):
            bound.add(_root(each.target))
        elif isinstance(each, ast.Call):
            called = each.func
            if isinstance(called, ast.Attribute):
                touched.add(_root(called))
            if _binds_anything(called, each.args):
                bound.add(EVERYTHING)
    return bound - {""}, touched - {""}


def _binds_anything(called: ast.expr, arguments: Sequence[ast.expr]) -> bool:
    if isinstance(called, ast.Name):
        return called.id in _BIND_ANYTHING
    if not isinstance(called, ast.Attribute):
        return False
    if called.attr in ("run_cell_magic", "run_cell", "magic"):
        return True
    first = arguments[0] if arguments else None
    return called.attr == "run_line_magic" and isinstance(first, ast.Constant) and first.value in _ASKED


def _here(node: ast.AST) -> Iterator[ast.AST]:
    """A piece of code and all in it that runs with it: not the bodies of functions."""
    waiting = [node]
    while waiting:
        each = waiting.pop()
        yield each
        if isinstance(each, _FUNCTIONS):
            waiting += [*each.decorator_list, *each.args.defaults, *filter(None, each.args.kw_defaults)]
        elif not isinstance(each, ast.Lambda):
            waiting += ast.iter_child_nodes(each)


def _stored(nodes: Iterable[ast.AST]) -> Iterator[str]:
    """The names that some code binds where it stands."""
    waiting = list(nodes)
    while waiting:
        each = waiting.pop()
        if isinstance(each, (*_FUNCTIONS, ast.ClassDef)):
            yield each.name
        elif isinstance(each, ast.Name):
            if not isinstance(each.ctx, ast.Load):
                yield each.id
        elif isinstance(each, ast.alias):
            yield each.asname or each.name.partition(".")[0]
        elif isinstance(each, ast.ExceptHandler | ast.MatchAs | ast.MatchStar) and each.name:
            yield each.name
            waiting += ast.iter_child_nodes(each)
        elif not isinstance(each, (ast.Lambda, *_COMPREHENSIONS)):
            waiting += ast.iter_child_nodes(each)


def _free(node: ast.AST) -> set[str]:
    """The names that a piece of code takes from around it, now or when it is called."""
    if isinstance(node, ast.Name):
        return {node.id} if not isinstance(node.ctx, ast.Store) else set()
    if isinstance(node, ast.AugAssign):
        return _free(node.value) | _free(node.target) | {_root(node.target)} - {""}
    if isinstance(node, (*_FUNCTIONS, ast.Lambda)):
        body: list[ast.AST] = [node.body] if isinstance(node, ast.Lambda) else list(node.body)
        others = [child for child in ast.iter_child_nodes(node) if child not in body]
        arguments = {each.arg for each in ast.walk(node.args) if isinstance(each, ast.arg)}
        declared = {n for part in body for e in ast.walk(part) if isinstance(e, ast.Global) for n in e.names}
        own = (arguments | set(_stored(body))) - declared
        return _all_free(others) | (_all_free(body) - own) | declared
    if isinstance(node, _COMPREHENSIONS):
        return _all_free(ast.iter_child_nodes(node)) - set(_stored(each.target for each in node.generators))
    return _all_free(ast.iter_child_nodes(node))


def _all_free(nodes: Iterable[ast.AST]) -> set[str]:
    return {name for node in nodes for name in _free(node)}


def _root(node: ast.AST) -> str:
    """The name at the beginning of ``name.attribute[0]``; empty where there is none."""
    while isinstance(node, ast.Attribute | ast.Subscript | ast.Starred):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


# ----------------------------------------------------------------------------- what costs nothing


def _is_plain(node: ast.stmt, is_own: IsOwn) -> bool:
    """Whether a statement only defines: it calls nothing, and counts nothing large."""
    if isinstance(node, ast.Import):
        return not any(is_own(alias.name) for alias in node.names)
    if isinstance(node, ast.ImportFrom):
        return not node.level and not is_own(node.module or "")
    if isinstance(node, _FUNCTIONS):
        told = [a.annotation for a in ast.walk(node.args) if isinstance(a, ast.arg)]
        values = [*node.args.defaults, *node.args.kw_defaults, *told, node.returns]
        return _are_plain(values) and all(map(_is_known_decorator, node.decorator_list))
    if isinstance(node, ast.ClassDef):
        values = [*node.bases, *(keyword.value for keyword in node.keywords)]
        inside = all(_is_plain(each, is_own) for each in node.body)
        return inside and _are_plain(values) and all(map(_is_known_decorator, node.decorator_list))
    if isinstance(node, ast.Assign | ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        return all(isinstance(each, ast.Name) for each in targets) and _are_plain([node.value])
    return isinstance(node, ast.Pass) or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))


def _is_known_decorator(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id in ("staticmethod", "classmethod", "property")


def _are_plain(values: Iterable[ast.AST | None]) -> bool:
    return all(_is_plain_value(each) for each in values if each is not None)


def _is_plain_value(node: ast.AST) -> bool:
    if isinstance(node, ast.Lambda):
        return _are_plain([*node.args.defaults, *node.args.kw_defaults])
    if isinstance(node, ast.BinOp):
        return _is_plain_arithmetic(node)
    return isinstance(node, _PLAIN_NODES) and _are_plain(ast.iter_child_nodes(node))


def _is_plain_arithmetic(node: ast.BinOp) -> bool:
    """``10 ** -3`` or ``int | None``, and nothing whose result could be large."""
    if isinstance(node.op, ast.BitOr):
        return _are_plain([node.left, node.right])
    if isinstance(node.op, ast.Pow):
        base, power = _number(node.left), _number(node.right)
        return (
            base is not None and power is not None and abs(base) <= _LARGEST and abs(power) <= _HIGHEST_POWER
        )
    return isinstance(node.op, _ARITHMETIC) and all(
        _is_plain_arithmetic(each) if isinstance(each, ast.BinOp) else _number(each) is not None
        for each in (node.left, node.right)
    )


def _number(node: ast.AST) -> float | None:
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub | ast.UAdd):
        node = node.operand
    value = node.value if isinstance(node, ast.Constant) else None
    return value if isinstance(value, int | float) else None
