"""What formulas in the notebooks' prose say, in numbers: a reader of as much LaTeX as they use.

A formula is evaluated where its letters have values. Products of arrays are matrix products, sums run over an
index, and a letter with an index is one element.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

TOKEN = re.compile(r"\\[A-Za-z]+|\\.|\d+(?:\.\d+)?|\S")
BLANK = {
    r"\left",
    r"\right",
    r"\,",
    r"\;",
    r"\!",
    r"\:",
    r"\ ",
    r"\displaystyle",
    r"\bigl",
    r"\bigr",
    r"\big",
}
OPEN = {"(": ")", "[": "]", "{": "}"}
FUNCTIONS: Mapping[str, Callable[[Any], Any]] = {
    r"\sigma": lambda z: 1 / (1 + np.exp(-np.asarray(z))),
    r"\log": np.log,
    r"\cosh": np.cosh,
    r"\cos": np.cos,
    r"\tanh": np.tanh,
}
ENDS = {None, ")", "]", "}", "+", "-", r"\rVert", r"\rvert", "=", ","}


class UnknownError(Exception):
    """A letter that has no value here, or LaTeX that this reader does not know."""


@dataclass(frozen=True)
class Statement:
    """``left = right``, or ``left ← right`` (an update)."""

    left: str
    right: str
    update: bool = False

    @property
    def letter(self) -> str:
        """What is defined, without the arguments that it may be written with."""
        return re.sub(r"[\s{}]", "", self.left).partition("(")[0]


def statements(markdown: str, *, display: bool) -> list[Statement]:
    """The statements of all formulas, displayed or within the text; a displayed ≈ is one too."""
    between = r"=|\\leftarrow" + r"|\\approx" * display
    displayed = re.findall(r"\$\$(.+?)\$\$", markdown, re.DOTALL)
    inline = re.findall(r"\$([^$]+)\$", re.sub(r"\$\$.+?\$\$", "", markdown, flags=re.DOTALL))
    found = []
    for formula in displayed if display else inline:
        whole_range = re.sub(r"_\{(\w)=1\}\^(\w|\{\w\})", r"_{\1}", formula)
        for part in re.split(r"\\qquad|\\quad|\\text\{[^}]*\}", whole_range):
            sides = [side.strip(" ,.\n") for side in re.split(between, part)]
            if "" not in sides:
                arrow = r"\leftarrow" in part
                found += [Statement(left, right, arrow) for left, right in itertools.pairwise(sides)]
    return found


def value(latex: str, letters: Mapping[str, Any]) -> Any:
    """The value of an expression.

    Raises
    ------
    UnknownError
        Where a letter has no value, or the LaTeX is none that this reader knows.
    """
    braced = re.sub(r"\\t?frac(\d)(\d)", r"\\frac{\1}{\2}", latex)
    reader = Reader([t for t in TOKEN.findall(braced) if t not in BLANK], dict(letters))
    result = reader.sum()
    if reader.here is not None:
        raise UnknownError(f"{latex!r} has {reader.here!r} where an operator should be")
    return result


class Reader:
    """Reads tokens from left to right and computes as it goes."""

    def __init__(self, tokens: list[str], letters: dict[str, Any]) -> None:
        self.tokens, self.letters, self.at = tokens, letters, 0

    @property
    def here(self) -> str | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def take(self, wanted: str | None = None) -> str:
        token = self.here
        if token is None or (wanted is not None and token != wanted):
            raise UnknownError(f"{wanted or 'something'} is missing at {token!r} of {' '.join(self.tokens)}")
        self.at += 1
        return token

    def sum(self) -> Any:
        sign = -1.0 if self.here == "-" else 1.0
        if self.here in ("-", "+"):
            self.take()
        total = sign * self.product()
        while self.here in ("+", "-"):
            sign = 1.0 if self.take() == "+" else -1.0
            total = total + sign * self.product()
        return total

    def product(self) -> Any:
        result = self.power()
        while self.here not in ENDS:
            if self.here == "/":
                self.take()
                result = result / self.power()
            elif self.here == r"\odot":
                self.take()
                result = result * self.power()
            else:
                if self.here == r"\cdot":
                    self.take()
                other = self.power()
                result = result @ other if np.ndim(result) and np.ndim(other) else result * other
        return result

    def power(self) -> Any:
        if self.here == "e" and self.tokens[self.at + 1 : self.at + 2] == ["^"]:
            self.at += 2
            return np.exp(self.argument())
        base = self.atom()
        while self.here == "^":
            self.take()
            if self.here == r"\top" or self.tokens[self.at : self.at + 3] == ["{", r"\top", "}"]:
                self.at += 1 if self.here == r"\top" else 3
                base = np.transpose(base)
            else:
                base = base ** self.argument()
        return base

    def argument(self) -> Any:
        """What stands in braces, or a single token."""
        if self.here == "{":
            return self.enclosed()
        return Reader([self.take()], self.letters).sum()

    def enclosed(self) -> Any:
        closing = OPEN[self.take()]
        parts = [self.sum()]
        while self.here == ",":
            self.take()
            parts.append(self.sum())
        self.take(closing)
        return parts[0] if len(parts) == 1 else np.array(parts)

    def atom(self) -> Any:
        token = self.here
        if token is None:
            raise UnknownError("the formula ends too early")
        if token[0].isdigit():
            return float(self.take())
        if token in OPEN:
            return self.enclosed()
        if token == r"\frac":
            self.take()
            over = self.argument()
            return over / self.argument()
        if token == r"\sqrt":
            self.take()
            return np.sqrt(self.argument())
        if token in (r"\lVert", r"\lvert"):
            closing = {r"\lVert": r"\rVert", r"\lvert": r"\rvert"}[self.take()]
            inside = self.sum()
            self.take(closing)
            return np.linalg.norm(inside) if closing == r"\rVert" else np.abs(inside)
        if token == r"\sum":
            return self.summed()
        if token in FUNCTIONS:
            function = FUNCTIONS[self.take()]
            return function(self.enclosed() if self.here in OPEN else self.power())
        return self.letter()

    def summed(self) -> Any:
        """Σ over an index, of the product that follows it."""
        self.take()
        self.take("_")
        index = "".join(self.script())[0]
        if self.here == "^":
            self.take()
            self.script()
        start, total = self.at, None
        for k in range(self.letters[f"range of {index}"]):
            self.at = start
            self.letters[f"index {index}"] = k
            term = self.product()
            total = term if total is None else total + term
        del self.letters[f"index {index}"]
        return total

    def script(self) -> list[str]:
        if self.here != "{":
            return [self.take()]
        self.take()
        found = []
        while self.here != "}":
            found.append(self.take())
        self.take()
        return found

    def letter(self) -> Any:
        token = self.take()
        if token in (r"\hat", r"\mathrm", r"\nabla"):
            token += "".join(self.script())
        if token.startswith(r"\nabla") and self.here == "(":  # where it is taken, not a factor
            while self.take() != ")":
                pass
        while self.here == "'":
            token += self.take()
        if self.here == "_":
            place = self.at
            self.take()
            script = self.script()
            if f"{token}_{''.join(script)}" in self.letters:
                return self.letters[f"{token}_{''.join(script)}"]
            if token in self.letters and all(f"index {index}" in self.letters for index in script):
                return self.letters[token][tuple(self.letters[f"index {index}"] for index in script)]
            if token in self.letters and len(script) == 1 and script[0].isdigit():
                return self.letters[token][int(script[0]) - 1]
            self.at = place
            raise UnknownError(f"{token}_{''.join(script)}")
        if token not in self.letters:
            raise UnknownError(token)
        return self.letters[token]


def close(one: Any, other: Any) -> bool:
    """Whether two values are equal but for rounding, shape included."""
    return (
        np.shape(one) == np.shape(other)
        and bool(np.allclose(one, other, 1e-9, 1e-12))
        and not math.isnan(float(np.sum(one)))
    )
