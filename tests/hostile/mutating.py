"""Random changes to bytes and texts, from the kind and the number of an input."""

from __future__ import annotations

import math
import random
import struct
from collections.abc import Sequence
from typing import Any


def source(kind: str, number: int) -> random.Random:
    """The random numbers of one input."""
    return random.Random(f"{kind} {number}")


def mutated(data: bytes, chance: random.Random) -> bytes:
    """The bytes with a few of them changed, doubled, moved or gone."""
    made = bytearray(data)
    for _ in range(chance.choice((1, 1, 1, 2, 4, 16))):
        if not made:
            break
        at, size = chance.randrange(len(made)), chance.choice((1, 1, 4, 8, 40))
        match chance.randrange(7):
            case 0:
                made[at] = chance.randrange(256)
            case 1:
                made[at] ^= 1 << chance.randrange(8)
            case 2:
                del made[at : at + size]
            case 3:
                made[at:at] = made[at : at + size]
            case 4:
                made[at:at] = bytes(chance.randrange(256) for _ in range(size))
            case 5:
                made[at : at + 4] = struct.pack("<I", chance.choice((0, 1, 255, 2**16, 2**31, 2**32 - 1)))
            case 6:
                other = chance.randrange(len(made))
                made[at : at + size], made[other : other + size] = (
                    made[other : other + size],
                    made[at : at + size],
                )
    return bytes(made)


ODD: list[Any] = [
    None, True, -1, 10**30, 1e308, math.nan, "", "\0", "\ud800", "x" * 5000, [], {}, [[]], {"cell_type": "x"},
    "def predict(X, w, b):\n    return X @ w", "%%html\n<script>", "!rm -rf /", "\x1b[2J",
    "import os\nos._exit(0)",
    "code", "markdown", "raw", "(" * 300, "\u2028", "= 1", "while True:\n break", "def f(:", "\t\n \r",
]  # fmt: skip


def mutated_text(text: str, chance: random.Random, odd: Sequence[Any] = ODD) -> str:
    """A text with a line or a few characters gone, doubled or exchanged."""
    lines = text.split("\n")
    at, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    match chance.randrange(6):
        case 0:
            del lines[at]
        case 1:
            lines.insert(at, lines[other])
        case 2:
            lines[at], lines[other] = lines[other], lines[at]
        case 3:
            lines[at] = lines[at][: chance.randrange(len(lines[at]) + 1)]
        case 4:
            lines[at] += chance.choice([each for each in odd if isinstance(each, str)])
        case 5:
            place = chance.randrange(len(text))
            return text[:place] + chance.choice("()[]{}:=+-*/@.,'\"# \n\\01abXyw") + text[place + 1 :]
    return "\n".join(lines)
