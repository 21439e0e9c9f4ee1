"""A file's structure as a few numbers: names are made alike, comments and texts go, and windows are hashed.

After Schleimer, Wilkerson and Aiken, "Winnowing" (SIGMOD 2003): of each window of hashes the smallest is
kept, so that a stretch that two files share is found wherever it stands. The text is never parsed as Python
and never run: it is split into words by one pattern, which reads every character once.
"""

from __future__ import annotations

import builtins
import keyword
import re
import zlib
from collections import deque
from collections.abc import Iterable, Iterator

# Words in a row that are hashed together, hashes in a window, and words that are read of a file.
GRAM, WINDOW = 14, 6
MOST_WORDS = 40_000
_WORD = re.compile(
    r"(?P<skipped>\#[^\n]*|\s+|\\\n)"
    # a text that has no end goes on to the end of its line or file: every character is read once. The choice
    # that never fits makes Pythons before 3.11.5 go back to where a choice that does not fit began.
    r"|(?P<text>[rbfuRBFU]{0,2}(?:\"\"\"(?:[^\"\\]|\\.|\"(?!\"\")|(?!))*+(?:\"\"\"|.?\Z)"
    r"|'''(?:[^'\\]|\\.|'(?!'')|(?!))*+(?:'''|.?\Z)"
    r"|\"(?:[^\"\\\n]|\\.)*+(?:\"|(?=\n)|.?\Z)|'(?:[^'\\\n]|\\.)*+(?:'|(?=\n)|.?\Z)))"
    r"|(?P<number>\d[\w.]*)"
    r"|(?P<name>[^\W\d]\w*)"
    r"|(?P<sign>\*\*=?|//=?|->|[-+*/%@&|^=<>!:]=|.)",
    re.DOTALL,
)
# Names that mean the same in every file.
_KEPT = frozenset(dir(builtins)) | frozenset(keyword.kwlist)


def words(text: str) -> Iterator[str]:
    """The words of a program; whatever it calls by names of its own is one word.

    Examples
    --------
    >>> list(words("total = a + b  # a sum")) == list(words("s=x + y"))
    True
    """
    for match in _WORD.finditer(text):
        kind, word = match.lastgroup, match[0]
        if kind == "name":
            yield word if word in _KEPT or text[match.start() - 1 : match.start()] == "." else "name"
        elif kind == "number" or kind == "sign":
            yield word


def fingerprints(cells: Iterable[str]) -> frozenset[int]:
    """The fingerprints of a file.

    Parameters
    ----------
    cells
        Its code.
    """
    found: set[int] = set()
    recent: deque[str] = deque(maxlen=GRAM)
    window: deque[int] = deque(maxlen=WINDOW)
    count = 0
    for cell in cells:
        recent.clear()
        for word in words(cell):
            count += 1
            if count > MOST_WORDS:
                return frozenset(found)
            recent.append(word)
            if len(recent) == GRAM:
                window.append(zlib.crc32(" ".join(recent).encode("utf-8", "surrogatepass")))
                if len(window) == WINDOW:
                    found.add(min(window))
    return frozenset(found)
