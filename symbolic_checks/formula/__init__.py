"""The formula that a student's function computes, read from a trace, and how it differs from the reference.

`graph` checks what came out of the sandbox, `normal` brings it and the reference to one bounded form, `text`
writes both and says in what they differ. A trace can be forged: it is evidence for people, never for a score.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from hashlib import sha256
from itertools import combinations_with_replacement
from typing import Any

import numpy as np
import sympy as sp

from symbolic_checks.derivation import compose
from symbolic_checks.formula.graph import FormulaError, Graph
from symbolic_checks.formula.normal import Forms, Poly
from symbolic_checks.formula.text import Product, Writer, difference, example_sign, general, subscript
from symbolic_checks.indexed import Sizes, elements, write_out_at
from symbolic_checks.language import Argument, Expr, Index, in_order, indices_of, label_of
from symbolic_checks.reference import Reference

# Sizes of the arguments of a trace, last index first: large enough that neither is taken for another number
# of a formula. What runs over more indices is too long to be read.
_TRACED = (3, 5)
_SAME = 1e-9
# How large numbers are where a formula is tried, beside where it was traced.
_FAR = (1.0,) * 8 + (0.1, 0.1, 3.0, 3.0)
# Functions with a corner, for which there is no normal form.
_NO_FORM = (sp.Piecewise, sp.Max, sp.Min)
# Formulas of an exercise that are kept for whoever writes the same.
_MOST_KEPT = 256
_GREEK = {"lam": "λ", "eta": "η"}


@dataclass(frozen=True)
class Explained:
    """What a function computes for one element of its result.

    Parameters
    ----------
    place
        The number of the element as lowered digits; empty for a result that is a number.
    yours, right
        Both formulas, in one line.
    ratio
        By which number it is multiplied; 0 where it differs by more than numbers and factors.
    difference
        In which factors it differs, as a clause.
    legend
        What the names in it mean that are none of the arguments.
    is_right
        Whether the whole component is.
    """

    place: str
    yours: str
    right: str
    ratio: Fraction
    difference: str
    legend: str
    is_right: bool = False


def is_readable(reference: Any) -> bool:
    """Whether it is a derivative by arguments that formulas can name: numbers, and arrays over two indices,
    such as examples and features."""
    return (
        isinstance(reference, Reference)
        and bool(reference.derivations)
        and len(_indices(reference)) <= len(_TRACED)
        and not any(definition.expression.has(*_NO_FORM) for definition in reference.program.definitions)
    )


def _indices(reference: Reference) -> tuple[Index, ...]:
    return in_order(index for axes in reference.indices for index in axes)


def _traced(reference: Reference) -> Sizes:
    return {index.size: size for index, size in zip(reversed(_indices(reference)), _TRACED, strict=False)}


@cache
def points(reference: Reference) -> tuple[tuple[Any, ...], ...]:
    """Arguments for a trace, none of them special, and others far from it: a function that goes another way
    there, as one that compares numbers may, is no single formula."""
    random = np.random.default_rng(0)
    first = _drawn(reference, random, 1.0, single=np.array([1.0]))
    both = np.array([-1.0, 1.0])
    return first, *(_drawn(reference, random, factor, single=both) for factor in _FAR)


def _drawn(
    reference: Reference, random: np.random.Generator, factor: float, *, single: np.ndarray
) -> tuple[Any, ...]:
    """Arguments away from zero; ``single`` are the signs that numbers may have."""
    found: list[Any] = []
    sizes = _traced(reference)
    for argument in reference.program.arguments:
        shape = tuple(sizes[index.size] for index in indices_of(argument.symbol))
        values = factor * random.uniform(0.3, 1.7, shape)
        signs = random.choice([-1.0, 1.0], shape) if shape else random.choice(single)
        found.append(values * signs if shape else float(values * signs))
    return tuple(found)


def sizes(reference: Reference) -> str:
    """How large the arguments of a trace are, as in ``5 examples and 3 features``; empty for numbers."""
    traced, indices = _traced(reference), _indices(reference)
    if len(indices) == 1:
        return f"{traced[indices[0].size]} numbers"
    return " and ".join(f"{traced[index.size]} {index.plural}" for index in indices)


def explain(reference: Reference, component: int, data: Any, returned: Sequence[Any]) -> Explained | None:
    """The formula of the first wrong element of a component, or of its first where none is wrong.

    Parameters
    ----------
    reference, component
        What is right; the component by its position.
    data
        What came of a trace at the first of `points`: hostile.
    returned
        What the function gave when it was called at each of `points`: the graph is believed where it gives
        the same.

    Returns
    -------
    None where the graph is none, or not the function's, or cannot be read, or is too long to be shown.
    """
    given = points(reference)
    try:
        graph = Graph.read(data, len(_flat(given[0])))
        for arguments, value in zip(given, returned, strict=True):
            _replay(graph, arguments, _parts(reference, value))
        got = np.array(graph.values(_flat(given[0]))[component])
        right = np.ravel(_parts(reference, reference(*given[0]))[component])
        scale = reference.scale(*given[0])[component]
        if got.size != right.size:
            raise FormulaError("another number of elements")
        wrong = np.flatnonzero(np.abs(got - right) > _SAME * scale)
        found = _basis(reference).explained(graph, component, int(wrong[0]) if wrong.size else 0)
        return replace(found, is_right=not wrong.size)
    except FormulaError:
        return None


def _replay(graph: Graph, arguments: Sequence[Any], returned: Any) -> None:
    found = graph.values(_flat(arguments))
    if not isinstance(returned, tuple | list) or len(found) != len(returned):
        raise FormulaError("another number of results")
    for ours, theirs in zip(found, returned, strict=True):
        try:
            wanted = np.ravel(np.asarray(theirs, float))
        except (TypeError, ValueError):
            raise FormulaError("a result that is no number") from None
        if len(ours) != wanted.size or not np.allclose(ours, wanted, rtol=_SAME, atol=_SAME):
            raise FormulaError("another result")


@dataclass(frozen=True)
class _Basis:
    """What all graphs of one exercise are read with."""

    reference: Reference
    forms: Forms
    names: list[str]
    numbers: dict[Expr, int]
    known: list[tuple[Poly, str]]
    rights: dict[tuple[int, int], tuple[Mapping[str, Product], str]]
    found: dict[tuple[int, int, bytes], Explained]

    def explained(self, graph: Graph, component: int, element: int) -> Explained:
        """The formula of one element; what somebody else wrote in the same way is read once."""
        mine = graph.results[component]
        alone = graph.alone(mine[element])
        text = repr(alone)  # in which 1 and 1.0 are two things
        key = component, element, sha256(text.encode()).digest()
        if key not in self.found:
            if len(self.found) >= _MOST_KEPT:
                self.found.clear()
            place = subscript(element + 1) if len(mine) > 1 else ""
            self.found[key] = replace(self._explained(alone, component, element), place=place)
        return self.found[key]

    def _explained(self, graph: Graph, component: int, element: int) -> Explained:
        right, text = self._right(component, element)
        forms = self.forms.copy()
        form = forms.of_graph(graph, graph.results[0][0])
        writer = Writer(forms, self.names, self.known)
        products = writer.products(form)
        yours = writer.text(products)
        ratio, clause = difference(products, right)
        return Explained("", yours, text, ratio, clause, self._legend(yours))

    def _right(self, component: int, element: int) -> tuple[Mapping[str, Product], str]:
        """What is right, and how it is written."""
        if (component, element) not in self.rights:
            program = self.reference.program
            result = program.results[component]
            sizes = _traced(self.reference)
            like = [result.like] if program.elementwise else elements(result.like, sizes)
            written = write_out_at(result.expression, result.like, like[element], sizes)
            composed = compose(written, program.definitions, sizes)
            form = self.forms.of_expression(composed, self.numbers)
            writer = Writer(self.forms, self.names, self.known)
            products = writer.products(form)
            self.rights[component, element] = products, writer.text(products)
        return self.rights[component, element]

    def _legend(self, text: str) -> str:
        """What the names of intermediate quantities mean that are in a text."""
        sentences = []
        for definition in self.reference.program.definitions:
            letter = _letter(label_of(definition.symbol))
            if letter in text and not any(letter in name for name in self.names):
                name = general(_name(letter, definition.symbol, definition.symbol))
                sentences.append(f"{name}: {definition.sentence}")
        return " ".join(sentences)


@cache
def _basis(reference: Reference) -> _Basis:
    program, sizes = reference.program, _traced(reference)
    names = [name for argument in program.arguments for name in _names(argument, sizes)]
    symbols = [s for argument in program.arguments for s in elements(argument.symbol, sizes)]
    numbers = {symbol: number for number, symbol in enumerate(symbols)}
    forms = Forms(_flat(points(reference)[0]))

    def form(expression: Expr) -> Poly:
        return forms.of_expression(compose(expression, program.definitions, sizes), numbers)

    sums: list[tuple[Poly, str]] = []
    known: list[tuple[Poly, str]] = []
    for definition in program.definitions[:-1]:  # the last is what is differentiated
        for symbol in elements(definition.symbol, sizes):
            value = form(write_out_at(definition.expression, definition.symbol, symbol, sizes))
            name, target = (_name(label, symbol, definition.symbol) for label in (label_of(symbol), "y"))
            known.append((value, name))
            if target in names and name != target:
                sums.append((value - forms.generator(names.index(target)), f"({name} − {target})"))
    last = _indices(reference)[-1:]
    vectors = [argument for argument in program.arguments if last and indices_of(argument.symbol) == last]
    for one, other in combinations_with_replacement(vectors, 2):
        pairs = zip(elements(one.symbol, sizes), elements(other.symbol, sizes), strict=True)
        product = form(sum(a * b for a, b in pairs))
        sums.append((product, f"‖{one.name}‖²" if one == other else f"({one.name}·{other.name})"))
    return _Basis(reference, forms, names, numbers, [*sums, *known], {}, {})


def _parts(reference: Reference, value: Any) -> Any:
    return value if len(reference.components) > 1 else (value,)


def _flat(given: Sequence[Any]) -> list[float]:
    return [float(number) for value in given for number in np.ravel(value)]


def _letter(label: str) -> str:
    return {r"\hat{y}": "ŷ"}.get(label, label)


def _name(label: str, symbol: Expr, declared: Expr) -> str:
    """A symbol's name, with its indices lowered: examples as their sign."""
    text = _letter(label)
    places = indices_of(symbol)
    if len(places) == 2:
        text = text.lower()
    for place, (number, index) in enumerate(zip(places, indices_of(declared), strict=True)):
        if not number.is_Integer:
            text += "ᵢ"
        elif place == 0 and index.order <= 0:
            text += example_sign(int(number))
        else:
            text += subscript(int(number))
    return text


def _names(argument: Argument, sizes: Sizes) -> list[str]:
    """Of all elements of an argument, in order."""
    label = _GREEK.get(argument.name, argument.name)
    if label[-1:].isdigit():
        label = label[:-1] + subscript(int(label[-1]))
    return [_name(label, symbol, argument.symbol) for symbol in elements(argument.symbol, sizes)]
