"""What a misconception is: one change of what is written down, with its name and what is said about it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

import sympy as sp

from symbolic_checks.language import Definition, Expr

F = TypeVar("F")


@dataclass(frozen=True)
class Equations:
    """An expression, and the definitions of the intermediate quantities in it."""

    definitions: tuple[Definition, ...]
    expression: Expr


@dataclass(frozen=True)
class Misconception(Generic[F]):
    """One mistake that can be made in writing something down, and which feedback can name.

    Parameters
    ----------
    name
        Its identifier; the same for the same mistake in different exercises.
    sentence
        For the student: what is wrong and where to look, not the answer.
    note
        For the instructor: what was changed in the formula.
    slot
        The place that is changed: two misconceptions about one place exclude each other.
    make
        Takes what is right, or has a mistake elsewhere, and returns it with this one.
    alone
        Whether it is too rare to be thought of together with a second mistake.
    """

    name: str
    sentence: str
    note: str
    slot: str
    make: Callable[[F], F]
    alone: bool = False


@dataclass(frozen=True)
class Mutant:
    """A wrong formula: what one misconception, or two, make of the right one."""

    name: str
    sentence: str
    note: str
    equations: Equations


def head(symbol: Expr) -> Expr:
    """The array of an element, or the symbol itself."""
    return symbol.base if isinstance(symbol, sp.Indexed) else symbol


def rename(expression: Expr, renamed: Mapping[Expr, Expr]) -> Expr:
    """The expression with other arrays and symbols, all exchanged at once.

    Parameters
    ----------
    expression
        In which they stand.
    renamed
        Old → new: an array for an array, as `head` gives it, and a symbol for a symbol.
    """
    if not renamed:
        return expression
    elements = {e: renamed[e.base][e.indices] for e in expression.atoms(sp.Indexed) if e.base in renamed}
    symbols = {old: new for old, new in renamed.items() if isinstance(old, sp.Symbol)}
    return expression.xreplace(elements | symbols)


def identifier(expression: Expr) -> str:
    """An expression as a part of a mutant's name: letters, digits and underscores."""
    words = re.sub(r"\\hat\{(\w)\}", r"\1_hat", str(expression)).replace("'", "_new")
    return re.sub(r"\W+", "_", words).strip("_")


def start(sentence: str) -> str:
    """A definition's sentence as the end of another: its first clause, without capital and full stop."""
    clause = re.split(r"[;.]", sentence)[0]
    return clause[:1].lower() + clause[1:]


def used(expression: Expr, definitions: tuple[Definition, ...]) -> tuple[Definition, ...]:
    """The definitions that an expression depends on, directly or through others.

    Parameters
    ----------
    expression
        Whose quantities are looked up.
    definitions
        All that there are, in their order.
    """
    found: set[Expr] = set()
    waiting = [expression]
    while waiting:
        part = waiting.pop()
        for definition in definitions:
            if definition.symbol not in found and part.has(head(definition.symbol)):
                found.add(definition.symbol)
                waiting.append(definition.expression)
    return tuple(definition for definition in definitions if definition.symbol in found)
