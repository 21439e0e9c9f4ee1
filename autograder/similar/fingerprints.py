"""A file's structure as a few numbers: names are made alike, comments and texts go, and windows are hashed.

After Schleimer, Wilkerson and Aiken, "Winnowing" (SIGMOD 2003): of each window of hashes the smallest is
kept, so that a stretch that two files share is found wherever it stands. The text is never parsed as Python
and never run: it is split into words by one pattern, which reads every character once.
"""

from __future__ import annotations

import builtins
import itertools
import keyword
import re
import zlib
from collections import deque
from collections.abc import Collection, Iterable, Iterator

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
    return (word for _, word in _placed(text))


def _placed(text: str) -> Iterator[tuple[int, str]]:
    """The words, each with where it begins."""
    for match in _WORD.finditer(text):
        kind, word, start = match.lastgroup, match[0], match.start()
        if kind == "name":
            yield start, word if word in _KEPT or text[start - 1 : start] == "." else "name"
        elif kind == "number" or kind == "sign":
            yield start, word


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
                window.append(_hash(recent))
                if len(window) == WINDOW:
                    found.add(min(window))
    return frozenset(found)


def _hash(gram: Iterable[str]) -> int:
    return zlib.crc32(" ".join(gram).encode("utf-8", "surrogatepass"))


def lines_with(text: str, shared: Collection[int]) -> frozenset[int]:
    """The lines of a text that some fingerprints are of, counted from 0.

    Parameters
    ----------
    text
        A program.
    shared
        Fingerprints.
    """
    found: set[int] = set()
    recent: deque[tuple[int, str]] = deque(maxlen=GRAM)
    line, at = 0, 0
    for start, word in itertools.islice(_placed(text), MOST_WORDS):
        line, at = line + text.count("\n", at, start), start
        recent.append((line, word))
        if len(recent) == GRAM and _hash(word for _, word in recent) in shared:
            found.update(number for number, _ in recent)
    return frozenset(found)
