"""A function's text with one thing changed at a time: what somebody might write by mistake."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass

_OPERATORS: dict[type[ast.operator], tuple[type[ast.operator], ...]] = {
    ast.Add: (ast.Sub, ast.Mult),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div, ast.Add),
    ast.Div: (ast.Mult,),
    ast.FloorDiv: (ast.Div,),
    ast.Mod: (ast.FloorDiv,),
    ast.Pow: (ast.Mult,),
}
_COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}
_CALLS = {"sum": "mean", "mean": "sum", "min": "max", "max": "min", "exp": "log", "argmin": "argmax"}


@dataclass(frozen=True)
class Mutant:
    """A function's text with one change.

    Parameters
    ----------
    line
        Of the function's text, from 1.
    before, after
        The piece of code that was changed.
    text
        The whole changed text.
    """

    line: int
    before: str
    after: str
    text: str


def mutants(text: str) -> Iterator[Mutant]:
    """All single changes of the function that a text defines: operators, comparisons, constants, names,
    bounds, calls, conditions, and statements that are left out."""
    tree = ast.parse(text)
    places = list(ast.walk(tree))
    for place, node in enumerate(places):
        for after in _changed(node, tree):
            yield from _mutant(tree, place, node, after)


def _mutant(tree: ast.Module, place: int, node: ast.AST, after: ast.AST | None) -> Iterator[Mutant]:
    fresh = copy.deepcopy(tree)
    old = list(ast.walk(fresh))[place]
    new = ast.Pass() if after is None else after
    _Replace(old, new).visit(fresh)
    ast.fix_missing_locations(fresh)
    changed = ast.unparse(fresh)
    if changed != ast.unparse(tree):
        before = ast.unparse(node).splitlines()[0]
        shown = "nothing" if after is None else ast.unparse(after).splitlines()[0]
        yield Mutant(getattr(node, "lineno", 1), before, shown, changed)


class _Replace(ast.NodeTransformer):
    def __init__(self, old: ast.AST, new: ast.AST) -> None:
        self._old, self._new = old, new

    def visit(self, node: ast.AST) -> ast.AST:
        return self._new if node is self._old else self.generic_visit(node)


def _changed(node: ast.AST, tree: ast.Module) -> Iterator[ast.AST | None]:
    """What may stand in a node's place; None for nothing."""
    match node:
        case ast.BinOp():
            for operator in _OPERATORS.get(type(node.op), ()):
                yield ast.BinOp(node.left, operator(), node.right)
            yield node.left
        case ast.UnaryOp(op=ast.USub() | ast.Not()):
            yield node.operand
        case ast.Compare(ops=[operator]):
            for other in _COMPARISONS.get(type(operator), ()):
                yield ast.Compare(node.left, [other()], node.comparators)
        case ast.BoolOp():
            yield ast.BoolOp(ast.And() if isinstance(node.op, ast.Or) else ast.Or(), node.values)
        case ast.Constant(value=bool() as truth):
            yield ast.Constant(not truth)
        case ast.Constant(value=int() | float() as number):
            yield ast.Constant(number + 1)
            yield ast.Constant(number - 1)
        case ast.Name(ctx=ast.Load()):
            for name in _others(node.id, tree):
                yield ast.Name(name, ast.Load())
        case ast.Slice():
            one = ast.Constant(1)
            if node.lower:
                yield ast.Slice(ast.BinOp(node.lower, ast.Add(), one), node.upper, node.step)
                yield ast.Slice(None, node.upper, node.step)
            if node.upper:
                yield ast.Slice(node.lower, ast.BinOp(node.upper, ast.Sub(), one), node.step)
                yield ast.Slice(node.lower, None, node.step)
        case ast.Call():
            yield from _calls(node)
        case ast.If() | ast.IfExp() | ast.While():
            yield _negated(node)
        case ast.Attribute(attr="T"):
            yield node.value
        case ast.Return(value=ast.Tuple(elts=[one, other, *rest])):
            yield ast.Return(ast.Tuple([other, one, *rest], ast.Load()))
        case ast.AugAssign():
            yield ast.Assign([node.target], node.value, lineno=node.lineno)
    text = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    if isinstance(node, ast.Assign | ast.AugAssign | ast.Expr | ast.If | ast.For | ast.Raise) and not text:
        yield None


def _calls(node: ast.Call) -> Iterator[ast.AST]:
    function = node.func
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    if name in _CALLS:
        new = copy.deepcopy(function)
        if isinstance(new, ast.Attribute):
            new.attr = _CALLS[name]
        elif isinstance(new, ast.Name):
            new.id = _CALLS[name]
        yield ast.Call(new, node.args, node.keywords)
    for place in range(len(node.keywords)):
        yield ast.Call(function, node.args, node.keywords[:place] + node.keywords[place + 1 :])
    if name == "copy" and isinstance(function, ast.Attribute) and not node.args:
        yield function.value
    elif len(node.args) == 1:
        yield node.args[0]
    elif len(node.args) == 2:
        yield ast.Call(function, node.args[::-1], node.keywords)


def _negated(node: ast.If | ast.IfExp | ast.While) -> ast.AST:
    new = copy.copy(node)
    new.test = ast.UnaryOp(ast.Not(), node.test)
    return new


def _others(name: str, tree: ast.Module) -> list[str]:
    """The function's parameters and variables that may stand for one of them."""
    (function,) = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    arguments = [argument.arg for argument in function.args.args]
    assigned = [n.id for n in ast.walk(function) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)]
    mine = list(dict.fromkeys([*arguments, *assigned]))
    return [other for other in mine if other != name] if name in mine else []
