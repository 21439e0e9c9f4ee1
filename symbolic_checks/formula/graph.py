"""The graph of a traced function: hostile data that is checked before anything is made of it."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

# What nobody would read as a formula is not looked at.
_MOST_NODES = 2000

_OPERATIONS: dict[str, Callable[..., float]] = {
    "add": lambda a, b: a + b,
    "subtract": lambda a, b: a - b,
    "multiply": lambda a, b: a * b,
    "divide": lambda a, b: a / b,
    "power": lambda a, b: a**b,
    "exp": math.exp,
    "log": math.log,
    "sqrt": math.sqrt,
    "tanh": math.tanh,
}
_OPERANDS = {"exp": 1, "log": 1, "sqrt": 1, "tanh": 1}


class FormulaError(ValueError):
    """A graph that is none, or that no formula can be read from; the message says why."""


Operand = int | float
"""An earlier node, or a constant."""


@dataclass(frozen=True)
class Graph:
    """Operations in the order in which they were made: ``(name, operand, ...)``, and ``("input", number)``.

    ``results`` are the elements of each value that was returned.
    """

    nodes: tuple[tuple[Any, ...], ...]
    results: tuple[tuple[Operand, ...], ...]

    @classmethod
    def read(cls, data: Any, inputs: int) -> Graph:
        """Check what came: known operations only, of earlier nodes and finite constants.

        Parameters
        ----------
        data
            Anything; a dictionary of ``nodes`` and ``results`` if it is a graph.
        inputs
            How many numbers went in.

        Raises
        ------
        FormulaError
            When it is no graph.
        """
        if not isinstance(data, dict) or not all(isinstance(data.get(k), list) for k in ("nodes", "results")):
            raise FormulaError("no nodes and results")
        if len(data["nodes"]) > _MOST_NODES or len(data["results"]) > _MOST_NODES:
            raise FormulaError(f"more than {_MOST_NODES} nodes")
        nodes = tuple(_node(node, place, inputs) for place, node in enumerate(data["nodes"]))
        results = tuple(_result(result, len(nodes)) for result in data["results"])
        return cls(nodes, results)

    def values(self, inputs: Sequence[float]) -> list[list[float]]:
        """The results for other inputs; NaN for what has no value."""

        def value(operand: Operand) -> float:
            return found[operand] if type(operand) is int else float(operand)

        found: list[float] = []
        for name, *operands in self.nodes:
            if name == "input":
                found.append(float(inputs[operands[0]]))
                continue
            try:
                number = _OPERATIONS[name](*map(value, operands))
            except (ArithmeticError, ValueError):
                number = math.nan
            found.append(number if isinstance(number, float) else math.nan)
        return [[value(operand) for operand in result] for result in self.results]

    def needed(self, operand: Operand) -> set[int]:
        """The nodes that an operand depends on, itself among them."""
        found = {operand} if type(operand) is int else set()
        for place in range(len(self.nodes) - 1, -1, -1):
            name, *operands = self.nodes[place]
            if place in found and name != "input":
                found.update(each for each in operands if type(each) is int)
        return found

    def alone(self, operand: Operand) -> Graph:
        """The graph of one result, without the nodes that it does not depend on."""
        needed = sorted(self.needed(operand))
        places = {place: number for number, place in enumerate(needed)}

        def moved(each: Operand) -> Operand:
            return places[each] if type(each) is int else each

        nodes = [self.nodes[place] for place in needed]
        return Graph(
            tuple(node if node[0] == "input" else (node[0], *map(moved, node[1:])) for node in nodes),
            ((moved(operand),),),
        )


def _node(node: Any, place: int, inputs: int) -> tuple[Any, ...]:
    if not isinstance(node, tuple) or not node or not isinstance(node[0], str):
        raise FormulaError(f"node {place} is none")
    name, *operands = node
    if name == "input":
        if len(operands) != 1 or type(operands[0]) is not int or not 0 <= operands[0] < inputs:
            raise FormulaError(f"node {place} is no input")
    elif name not in _OPERATIONS:
        raise FormulaError(f"node {place} is an unknown operation")
    elif len(operands) != _OPERANDS.get(name, 2):
        raise FormulaError(f"node {place} has {len(operands)} operands")
    else:
        for operand in operands:
            _check(operand, place)
    return node


def _result(result: Any, nodes: int) -> tuple[Operand, ...]:
    if not isinstance(result, list) or len(result) > _MOST_NODES:
        raise FormulaError("a result that is none")
    for operand in result:
        _check(operand, nodes)
    return tuple(result)


def _check(operand: Any, nodes: int) -> None:
    if type(operand) is int:
        if not 0 <= operand < nodes:
            raise FormulaError("an operand that comes later")
    elif type(operand) is not float or not math.isfinite(operand):
        raise FormulaError("an operand that is no finite number")
