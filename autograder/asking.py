"""What can be wrong with the guesses of a homework: in its rubric, and in the notebook that asks for them."""

from __future__ import annotations

import ast
import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.homework import Guess
from autograder.percent import cells_of

_CALL = "checks.guess"
_TEXTS = ("why", "unit")


@dataclass(frozen=True)
class Asked:
    """A cell of a notebook that asks for a guess.

    Parameters
    ----------
    name
        Of the guess; None where the call has none.
    line
        Where the call stands.
    unanswered
        Whether the call is ``checks.guess("name", None)``.
    alone
        Whether the cell holds nothing else.
    question
        The text of the Markdown cell above it; empty where there is none.
    """

    name: str | None
    line: int
    unanswered: bool
    alone: bool
    question: str


def faults(guesses: Any, notebook: Path) -> Iterator[tuple[str | int | None, str]]:
    """Each fault with where it is: the name of a guess in the rubric, a line of the notebook, or neither.

    Parameters
    ----------
    guesses
        What the rubric declares: anything, as it may be wrong.
    notebook
        The path of the instructor's notebook, in the percent format; where it cannot be read, only the rubric
        is looked at.
    """
    if not isinstance(guesses, tuple) or not all(isinstance(guess, Guess) for guess in guesses):
        yield None, "its guesses are not a tuple of Guess(…): write guesses=(Guess(…), …)"
        return
    for name, count in Counter(guess.name for guess in guesses).items():
        if count > 1:
            yield name, f"{count} guesses have the name {name!r}: give each its own"
    for guess in guesses:
        for text in _of_a_guess(guess):
            yield guess.name, f"the guess {guess.name!r}: {text}"
    cells = asked(notebook)
    if cells is not None:
        yield from _of_the_notebook({guess.name: guess for guess in guesses}, cells, notebook)


def _of_a_guess(guess: Guess) -> Iterator[str]:
    if not str(guess.name).isidentifier():
        yield "that is not a name: use letters, digits and _"
    for what in _TEXTS:
        if not isinstance(getattr(guess, what), str):
            yield f"its {what} is not a text: give a string"
    if isinstance(guess.why, str) and not guess.why.strip():
        yield "it does not say why: give one or two sentences"
    if guess.number:
        if guess.choices:
            yield "it has choices and asks for a number: leave one of the two out"
        elif isinstance(guess.right, bool) or not isinstance(guess.right, int | float):
            yield f"its answer {guess.right!r} is not a number: give one"
        elif not math.isfinite(guess.right):
            yield f"its answer is {guess.right!r}: give a finite number"
    elif not guess.choices:
        yield 'it has no choices: give them, such as choices=("a", "b", "c"), or number=True'
    elif isinstance(guess.choices, str) or not all(_is_choice(choice) for choice in guess.choices):
        yield f"its choices are {guess.choices!r}: give letters or words, each a string"
    elif len(set(guess.choices)) < max(2, len(guess.choices)):
        yield f"its choices are {guess.choices!r}: give at least two, all different"
    elif guess.right not in guess.choices:
        yield f"its answer {guess.right!r} is none of {', '.join(map(repr, guess.choices))}"


def _is_choice(choice: Any) -> bool:
    return isinstance(choice, str) and bool(re.fullmatch(r"[a-z0-9]{1,20}", choice))


def _of_the_notebook(
    guesses: dict[str, Guess], cells: list[Asked], notebook: Path
) -> Iterator[tuple[str | int | None, str]]:
    counted = Counter(cell.name for cell in cells)
    for name in guesses:
        if not counted[name]:
            yield name, f"no cell of {notebook} asks for the guess {name!r}: add {_CALL}({name!r}, None)"
    for cell in cells:
        if not cell.unanswered:
            yield cell.line, f'the call is not {_CALL}("name", None): write it so, without an answer'
        elif cell.name not in guesses:
            yield cell.line, f"the rubric has no guess {cell.name!r}: declare it, or take the cell out"
        elif counted[cell.name] > 1:
            yield cell.line, f"several cells ask for the guess {cell.name!r}: leave one"
        elif not cell.alone:
            yield cell.line, "a cell that asks for a guess holds more than that: give the rest its own cell"
        elif not cell.question:
            yield cell.line, "above this guess there is no question: put it into a Markdown cell there"
        else:
            lacking = [c for c in guesses[cell.name].choices if f"({c})" not in cell.question]
            if lacking:
                listed = ", ".join(f"({choice})" for choice in lacking)
                yield cell.line, f"the question above this guess does not have {listed}: add what is lacking"


def asked(notebook: Path) -> list[Asked] | None:
    """The cells of a notebook in the percent format that ask for a guess; None where it cannot be read."""
    try:
        cells = cells_of(notebook.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    found, above = [], ""
    for cell in cells:
        if not cell.is_markdown:
            found += list(_calls(cell.text, cell.line - 1, above))
        above = cell.text if cell.is_markdown else ""
    return found


def _calls(code: str, before: int, question: str) -> Iterator[Asked]:
    """The calls in a cell, with as many lines before it."""
    if _CALL not in code:
        return
    try:
        tree = ast.parse(code)
    except SyntaxError:
        return  # the release says so
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == _CALL:
            named = [argument.value for argument in node.args[:1] if isinstance(argument, ast.Constant)]
            name = named[0] if named and isinstance(named[0], str) else None
            unanswered = ast.unparse(node) == f"{_CALL}({name!r}, None)"
            alone = len(tree.body) == 1 and isinstance(tree.body[0], ast.Expr) and tree.body[0].value is node
            yield Asked(name, before + node.lineno, unanswered, alone, question)
